"""What an interview shows on the full screen, widget by widget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from quizkit.faces.interview_keys import Key, possible
from quizkit.faces.interview_words import (
    before_text,
    circumstances,
    headline,
    place_text,
    row_cells,
    slept_text,
    time_text,
    topic_cells,
    used_text,
    worth_in_short,
    worth_text,
)
from quizkit.faces.tui.bars import Flow, ProgressLine
from quizkit.faces.tui.body import LayerView
from quizkit.faces.tui.code import Prompt, Solution, Source, VerdictView
from quizkit.faces.tui.inline import CODE, inline
from quizkit.interview.engine import Screen
from quizkit.interview.scorecard import Scorecard
from quizkit.interview.view import Clock, Debrief, InterviewView, Line
from quizkit.view import CodeView, Layer

LAST_CALL_S = 60.0


class ClockLine(Vertical):
    """Where the interview stands, the clocks, and how much of the question's time is used."""

    def __init__(self, view: InterviewView) -> None:
        """Show the line for `view`."""
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """Lay out the place, the clocks and the bar."""
        with Horizontal():
            yield Static(place_text(self._view), id="place", markup=False)
            yield Static("", id="clock", markup=False)
        yield ProgressLine()

    def on_mount(self) -> None:
        """Fill in the numbers."""
        self.show(self._view)

    def show(self, view: InterviewView) -> None:
        """Show where `view` is."""
        self._view = view
        self.query_one("#place", Static).update(place_text(view))
        if view.debrief:
            self._stand(f"{used_text(view.debrief)} · {worth_in_short(view.debrief)}", view.number / view.total)
        elif view.scorecard:
            self._stand(view.title, view.scorecard.mark)
        elif view.screen is Screen.QUESTION:
            self.tick(view.clock)
        else:
            self._stand("the clock stands still", view.clock.share)

    def tick(self, clock: Clock) -> None:
        """Show another second; only what changed is drawn."""
        for label in self.query("#clock").results(Static):  # none while it is laid out or taken down
            label.update(time_text(clock))
            label.set_class(0 < clock.left_s <= LAST_CALL_S, "soon")
            label.set_class(clock.left_s <= 0, "over")
        for bar in self.query(ProgressLine):
            bar.share = clock.share

    def _stand(self, text: str, share: float) -> None:
        label = self.query_one("#clock", Static)
        label.update(text)
        label.remove_class("soon", "over")
        self.query_one(ProgressLine).share = share


class InterviewKeys(Flow):
    """The keys that do something now; they can be clicked."""

    def __init__(self, view: InterviewView) -> None:
        """Show the keys for `view`."""
        super().__init__(_keys(view))

    def show(self, view: InterviewView) -> None:
        """Show the keys for `view`."""
        self.put(_keys(view))


def _keys(view: InterviewView) -> list[Content]:
    lines = len(view.debrief.points) + len(view.debrief.mistakes) if view.debrief else 0
    return [_part(key, lines) for key in possible(view) if key.label != "tick" or lines]


def _part(key: Key, lines: int) -> Content:
    if key.label == "tick":
        return Content.from_markup(f"[b $text-accent]1-{min(lines, 9)}[/] tick")
    name = key.key.replace("ctrl+", "^")
    return Content.from_markup(f"[@click=app.press('{key.label}')][b $text-accent]{name}[/] {key.label}[/]")


class InterviewBody(Vertical):
    """Everything that scrolls."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {CODE}

    def __init__(self, view: InterviewView, *, words: bool) -> None:
        """Show `view`; flowcharts in words if `words`."""
        super().__init__()
        self._view = view
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay out the first view."""
        self.set_class(self._view.debrief is not None, "debrief")
        yield from self._all(self._view)

    async def show(self, before: InterviewView, view: InterviewView) -> None:
        """Show `view`; where only a tick changed, nothing else is touched."""
        same = (before.screen, before.turn, before.coding) == (view.screen, view.turn, view.coding)
        if same and view.debrief:
            self._tick(view.debrief)
            return
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all(list(self._all(view)))
        self.set_class(view.debrief is not None, "debrief")
        page = self.parent
        if isinstance(page, Widget):
            page.scroll_home(animate=False)

    def _tick(self, debrief: Debrief) -> None:
        lines = {line.number: line for line in (*debrief.points, *debrief.mistakes)}
        for row in self.query(TickRow):
            row.show(lines[row.number])
        self.query_one("#worth", Static).update(worth_text(debrief))

    def _all(self, view: InterviewView) -> Iterator[Widget]:
        if view.scorecard:
            yield from _scorecard(view.scorecard)
        elif view.screen is Screen.PAUSED:
            yield Static("Paused. The question comes back when you go on.", classes="question", markup=False)
        elif view.screen is Screen.SLEPT:
            yield Static(slept_text(view), classes="question", markup=False)
        elif view.debrief:
            yield from self._debrief(view, view.debrief)
        else:
            yield from _asked(view)

    def _debrief(self, view: InterviewView, debrief: Debrief) -> Iterator[Widget]:
        yield Static(inline(view.question), classes="question", markup=False)
        if view.coding:
            yield from _code(view.coding, debrief)
        else:
            own = (_heading("You typed"), _quote(debrief.said or "Nothing: you spoke."))
            yield Beside(own, self._layers(debrief.layers))
        for reply in debrief.follow_ups:
            yield Static(inline(reply.question), classes="asked part", markup=False)
            own = (_heading("You typed"), _quote(reply.said or "Nothing."))
            yield Beside(own, self._layers((Layer("simple", "Model answer", reply.answer),)))
        suggests = any(line.suggested for line in debrief.points)
        yield from _ticks("Did you say" + (" (? your words suggest it)" if suggests else ""), debrief.points)
        yield from _ticks("Did you fall for", debrief.mistakes)
        yield Static(worth_text(debrief), id="worth", markup=False)

    def _layers(self, layers: tuple[Layer, ...]) -> list[LayerView]:
        return [LayerView(layer, words=self._words) for layer in layers]


class Beside(Vertical):
    """The own answer, and beside it the model answer; on a narrow screen below it."""

    def __init__(self, own: Iterable[Widget], model: Iterable[Widget]) -> None:
        """Lay `own` and `model` out."""
        super().__init__(Vertical(*own), Vertical(*model))


def _code(code: CodeView, debrief: Debrief) -> Iterator[Widget]:
    if code.verdict:
        yield VerdictView(code, titled=True)
        yield Beside([Source("You wrote", debrief.code)], [Solution(code)])
    elif not debrief.waits_for_judge:
        yield Static("Nothing was written.", classes="say", markup=False)
        yield Solution(code)


def _asked(view: InterviewView) -> Iterator[Widget]:
    yield Static(inline(view.follow_up or view.question), classes="question", markup=False)
    below = Content("after: ") + inline(view.question) if view.follow_up else view.facts
    yield Static(below, classes="muted facts", markup=False)
    if view.said:
        yield _quote("\n".join(view.said))
    if view.coding is None:
        return
    if view.coding.remark:
        yield Static(view.coding.remark, classes="remark", markup=False)
    if view.coding.verdict:
        yield VerdictView(view.coding, titled=True)
    yield Prompt(view.coding, titled=False)


def _heading(text: str) -> Static:
    return Static(text, classes="heading part", markup=False)


def _quote(text: str) -> Static:
    return Static(text, classes="quote", markup=False)


def _ticks(title: str, lines: tuple[Line, ...]) -> Iterator[Widget]:
    if lines:
        yield _heading(title)
    for line in lines:
        yield TickRow(line)


class TickRow(Horizontal):
    """A line to tick; a click does it, too."""

    class Clicked(Message):
        """A line was clicked."""

        def __init__(self, number: int) -> None:
            """The line's number, from 1."""
            super().__init__()
            self.number = number

    def __init__(self, line: Line) -> None:
        """Show `line`."""
        text = inline(line.text)
        if line.correction:
            text = Content.assemble(text, "\n", inline(line.correction).stylize("dim"))
        super().__init__(Static(_box(line), classes="mark"), Static(text, classes="rest"))
        self.number = line.number

    def show(self, line: Line) -> None:
        """Show another tick."""
        self.query_one(".mark", Static).update(_box(line))

    def on_click(self, event: events.Click) -> None:
        """Tick this line."""
        event.stop()
        self.post_message(TickRow.Clicked(self.number))


def _box(line: Line) -> Content:
    box = "☑" if line.ticked else "☐"
    said = ("?", "$text-warning") if line.suggested and not line.ticked else ""
    return Content.assemble((f"{line.number:>2} ", "bold $text-accent"), box, said or " ")


def _scorecard(card: Scorecard) -> Iterator[Widget]:
    yield Static(headline(card), classes="question", markup=False)
    yield Static(" · ".join(circumstances(card)), classes="muted", markup=False)
    yield Static(before_text(card), classes="muted", markup=False)
    yield _heading("Questions")
    for row in card.rows:
        figures = " · ".join(cell for cell in row_cells(row) if cell)
        text = Content.assemble(inline(row.slot.title), "\n", (figures, "dim"))
        yield Horizontal(Static(f"{row.number:>2}", classes="mark"), Static(text, classes="rest"), classes="row")
    yield _heading("Topics")
    for topic in card.topics:
        figures = " · ".join(filter(None, topic_cells(topic)))
        yield Static(f"{topic.topic}: {figures}", classes="indented", markup=False)
    yield _heading("Study next")
    for step in card.next_steps:
        yield Static(step, classes="indented step", markup=False)
    yield Static(card.formula, classes="muted part", markup=False)
