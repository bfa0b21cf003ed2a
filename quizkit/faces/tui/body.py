"""The card on the full screen: question, answer layer by layer, verdict, summary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from quizkit.faces.drawing.markdown import blocks
from quizkit.faces.tui.choices import Choices, NumberInput
from quizkit.faces.tui.code import Hints, Solution, code_widgets
from quizkit.faces.tui.inline import CODE, inline
from quizkit.faces.words import KEEP_OR_AFRESH, WRONG, changed_text, option_verdict, summary_lines, things_to_do
from quizkit.marking import Ask
from quizkit.session import Screen
from quizkit.view import Asked, Layer, OptionView, View


class Body(Vertical):
    """Everything that scrolls."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {CODE}

    def __init__(self, view: View, *, words: bool) -> None:
        """Show `view`; flowcharts in words if `words`."""
        super().__init__()
        self._view = view
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay out the first view."""
        yield from self._all(self._view)

    async def show(self, before: View, view: View) -> None:
        """Show `view`; where only more of the same answer opened, add that and scroll to it."""
        if view.turn == before.turn and view.screen is before.screen is Screen.ANSWER:
            await self._add(view, len(before.layers))
            return
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all(list(self._all(view)))
        news = self.query(_news(before, view)) if view.coding else None
        page = self.parent
        if news:
            self.call_after_refresh(news.last().scroll_visible, animate=False, top=True)
        elif isinstance(page, Widget):
            page.scroll_home(animate=False)

    async def _add(self, view: View, already_open: int) -> None:
        fresh = [LayerView(layer, words=self._words) for layer in view.layers[already_open:]]
        end = list(self._pointers(view))
        await self.mount_all([*fresh, *end])
        if fresh:
            self.call_after_refresh(fresh[0].scroll_visible, animate=False, top=True)

    def _all(self, view: View) -> Iterator[Widget]:
        if view.summary:
            yield Static("\n".join(summary_lines(view.summary)), classes="summary", markup=False)
            return
        yield Static(inline(view.question), classes="question", markup=False)
        yield Static(view.facts, classes="muted facts", markup=False)
        if view.asked:
            yield from _asking(view.asked)
        elif view.coding:
            yield from code_widgets(view)
        elif view.changed:
            yield Static(f"{changed_text(view)} {KEEP_OR_AFRESH}", classes="say", markup=False)
        elif view.screen is Screen.QUESTION:
            yield Static("Say it aloud first.", classes="muted say", markup=False)
        for layer in view.layers:
            yield LayerView(layer, words=self._words)
        yield from self._pointers(view)

    def _pointers(self, view: View) -> Iterator[Widget]:
        rows = [Content(line) for line in things_to_do(view.challenge, view.lab)]
        rows += [Content(f"See also: {', '.join(view.see_also)}")] if view.see_also else []
        rows += [inline(reference) for reference in view.references]
        if rows:
            yield Static(Content("\n").join(rows), classes="muted pointers")


def _news(before: View, view: View) -> type[Widget] | str:
    """Return what to scroll to in a challenge: what was asked for just now, else nothing."""
    old, new = before.coding, view.coding
    if old is None or new is None or before.turn != view.turn:
        return ".nothing"
    if new.solution and not old.solution:
        return Solution
    return Hints if len(new.hints) > len(old.hints) else ".nothing"


class LayerView(Vertical):
    """One part of an answer under its heading."""

    def __init__(self, layer: Layer, *, words: bool) -> None:
        """Show `layer`."""
        super().__init__()
        self._layer = layer
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay the part out."""
        layer = self._layer
        yield Static(layer.heading, classes="heading", markup=False)
        yield from _apart(self._prose(layer))
        for mistake in layer.mistakes:
            yield _row("✗", inline(mistake.claim), "claim")
            yield _row("", inline(mistake.correction), "correction")
        for point in layer.key_points:
            yield _row("☐", inline(point), "point")
        for follow_up in layer.follow_ups:
            yield _row("?", inline(follow_up.question), "ask")
            yield Vertical(*_apart(_markdown(follow_up.answer)), classes="reply")

    def _prose(self, layer: Layer) -> Iterator[Widget]:
        yield from _markdown(layer.text)
        if layer.diagram:
            yield _words(layer.diagram) if self._words else Diagram(layer.diagram)
        if layer.analogy:
            yield from _markdown(f"*Think of it as:* {layer.analogy}" if layer.text else layer.analogy)


class Diagram(Widget):
    """A flowchart, drawn anew for each width."""

    def __init__(self, source: str) -> None:
        """Draw the Mermaid `source`."""
        super().__init__()
        self._source = source
        self._drawn: tuple[int, str] = (0, "")

    def render(self) -> Content:
        """Return the drawing for the present width."""
        return Content(self._drawing(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the drawing takes."""
        return len(self._drawing(width).splitlines())

    def _drawing(self, width: int) -> str:
        from quizkit.faces.drawing.flowchart import flowchart

        if self._drawn[0] != width:
            self._drawn = width, flowchart(self._source, width=max(width, 10))
        return self._drawn[1]


def _words(source: str) -> Static:
    from quizkit.faces.drawing.flowchart import flowchart_words

    return Static("\n".join(flowchart_words(source)), classes="words", markup=False)


def _markdown(text: str) -> Iterator[Widget]:
    if not text:
        return
    from textual.widgets import Markdown  # the question itself needs none of it

    for block in blocks(text, whole=True):
        if block.kind == "formula":
            yield Static(block.text, classes="formula", markup=False)
        else:
            if block.kind == "wrong":
                yield Static(WRONG, classes="claim", markup=False)
            yield Markdown(block.text, open_links=False)


def _apart(widgets: Iterator[Widget]) -> Iterator[Widget]:
    """Put an empty line between paragraphs, formulas and diagrams."""
    for number, widget in enumerate(widgets):
        yield widget.add_class("next") if number else widget


def _row(mark: str, text: Content, kind: str) -> Horizontal:
    return Horizontal(Static(mark, classes="mark", markup=False), Static(text, classes="rest"), classes=f"row {kind}")


def _asking(asked: Asked) -> Iterator[Widget]:
    if asked.right is not None:
        yield from _verdict(asked)
    elif asked.ask is Ask.NUMBER:
        yield NumberInput()
    else:
        if asked.ask is Ask.SEVERAL:
            yield Static("Which of these are true? Tick them; Enter when done.", classes="muted say", markup=False)
        yield Choices(asked)


def _verdict(asked: Asked) -> Iterator[Widget]:
    good = "good" if asked.right else "bad"
    yield Static("✓ Right." if asked.right else "✗ Not right.", classes=f"verdict {good}", markup=False)
    if asked.expected:
        yield Static(f"You said {asked.answer}; the answer is {asked.expected}.", markup=False)
    for option in asked.options:
        if asked.ask is Ask.SEVERAL or option.chosen or option.right:
            yield from _marked(asked.ask, option)


def _marked(ask: Ask, option: OptionView) -> Iterator[Widget]:
    good = bool(option.right) == option.chosen
    text = inline(option.text) + f"  ({option_verdict(ask, option)})"
    yield _row("✓" if good else "✗", text, "good" if good else "bad")
    if option.correction and (option.chosen or ask is Ask.SEVERAL):
        yield _row("", inline(option.correction), "correction")
