"""The lab on the full screen: curves that grow, and units that darken as they fall silent."""

from __future__ import annotations

import time
from asyncio import Event
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from quizkit.errors import INTERRUPTED, QuizkitError
from quizkit.faces.drawing.markdown import plain
from quizkit.faces.keys import Key
from quizkit.faces.lab_page import PLOT_ROWS, Run, aligned, epilogue, keep_picture, plot_of
from quizkit.faces.plots import MARKS, Plot, text
from quizkit.faces.tui.bars import Flow, Notice
from quizkit.faces.tui.body import Body
from quizkit.faces.tui.choices import Choices, NumberInput
from quizkit.faces.tui.help import Help
from quizkit.frozen import replace
from quizkit.lab.experiment import Step
from quizkit.player import Player
from quizkit.session import Action, Do
from quizkit.view import View

CARDS = -1
# no exit code: the person goes on to the cards that the experiment explains
FRAMES_A_SECOND = 20
FRAMES = 60
# in which a run is shown: three seconds, however few its epochs cost
BUDGET_S = 0.04
# of a frame, for training
SHADES = ((0.4, "█", "$text-accent"), (0.2, "▓", "$text-accent"), (0.05, "▒", "$text"), (0.0, "░", "$text-muted"))
# a unit that is on for more than this share of the samples
SILENT = ("·", "$text-error")
COLOURS = ("$text-accent", "$text-primary", "$text-success", "$text-error", "$text-secondary")
KEYS = (
    Key("space", "pause", "stop the training, or let it go on"),
    Key("s", "step", "train one epoch and pause"),
    Key("c", "compare", "show one curve at a time, then all of them together"),
    Key("f", "finish", "go to the end at once"),
    Key("enter", "cards", "study the cards that this experiment explains"),
    Key("x", "skip", "run it without a prediction"),
    Key("?", "help", "show the keys"),
    Key("q", "quit", "leave the lab"),
)
_UNDER_WAY = ("pause", "step", "compare", "finish", "help", "quit")
POSSIBLE = {
    "asking": ("skip", "help", "quit"),
    "starting": (),
    "running": _UNDER_WAY,
    "paused": _UNDER_WAY,
    "done": ("cards", "compare", "help", "quit"),
    "failed": (),
}
# labels, by the phase


class Lab(App[int]):
    """One run of an experiment, after its prediction. Its result is the exit code."""

    CSS_PATH = Path(__file__).with_name("lab.tcss")
    TITLE = "quizkit lab"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key.key.replace("?", "question_mark"), f"press('{key.label}')", show=False) for key in KEYS),
        *(Binding(key, f"scroll('{way}')", show=False) for key, way in (("j", "down"), ("k", "up"))),
        *(Binding(str(digit), f"digit({digit})", show=False) for digit in range(1, 10)),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
        Binding("ctrl+q", "press('quit')", show=False, priority=True),
    ]

    def __init__(self, run: Run, player: Player | None) -> None:
        """Show `run`, after the question that `player` puts, if there is one."""
        super().__init__()
        self._run, self._player = run, player
        self._coming: Iterator[Step] = iter(())
        self.steps: list[Step] = []
        self.prediction: View | None = None
        self.phase = "asking" if player else "starting"
        # asking, starting, running, paused, done, failed
        self._begun = Event()
        self.alone = 0
        # which curve is shown alone, from 1; 0 shows all
        self.failure: Exception | None = None

    def compose(self) -> ComposeResult:
        """Lay out the head, the question or the curves, and the keys."""
        with Horizontal(id="head"):
            yield Static(f"lab · {self._run.experiment.name}", id="title", markup=False)
            yield Static("", id="counts", markup=False)
        with VerticalScroll(id="page"):
            if self._player:
                yield Static("Before it runs: what do you expect?", id="ask", markup=False)
                yield Body(self._player.view(), words=False)
        yield Notice("")
        yield Flow(self._bar())

    async def on_mount(self) -> None:
        """Put the question, or begin."""
        self.set_interval(1 / FRAMES_A_SECOND, self._frame)
        inputs = self.query(NumberInput)
        (inputs.first() if inputs else self.query_one("#page")).focus()
        if self._player is None:
            await self._begin()

    # -- the prediction -----------------------------------------------------------------------------------------------

    async def action_digit(self, digit: int) -> None:
        """Choose an option; a choice of one is an answer."""
        choices = self.query(Choices)
        if choices and choices.first().choose(digit):
            await self._predict(choices.first().answer())

    @on(NumberInput.Submitted)
    async def _number_typed(self, event: NumberInput.Submitted) -> None:
        await self._predict(event.value)

    @on(Choices.Chosen)
    async def _option_clicked(self, event: Choices.Chosen) -> None:
        await self.action_digit(event.number)

    async def _predict(self, answer: str) -> None:
        assert self._player is not None
        try:
            self.prediction = self._player.act(Action(Do.MARK, answer=answer))
        except QuizkitError as problem:
            self.query_one(Notice).say(problem.message)
            return
        await self._begin()

    # -- the run ------------------------------------------------------------------------------------------------------

    async def _begin(self) -> None:
        self.phase = "starting"
        page = self.query_one("#page", VerticalScroll)
        await page.remove_children()
        question = Static(self._run.experiment.question, classes="question", markup=False)
        await page.mount(Vertical(question, id="ask"), Static(id="curves"), Static(id="strip"), Vertical(id="outcome"))
        self.query_one(Notice).say("")
        self._coming = self._run.steps(alone=True)
        # a copy of a process with threads, as a screen has, can wait for ever
        self.phase = "running"
        self._show()
        page.focus()
        self._begun.set()

    async def action_press(self, label: str) -> None:
        """Do what the key called `label` stands for, where it is possible now."""
        if self.phase == "starting":
            # a key pressed while the screen is still being laid out
            await self._begun.wait()
        if label not in {key.label for key in self._keys()}:
            return
        match label:
            case "skip":
                await self._begin()
            case "pause":
                self.phase = "paused" if self.phase == "running" else "running"
                self._show()
            case "step":
                self.phase = "paused"
                await self._advance(1)
            case "compare":
                self.alone = (self.alone + 1) % (len(self._plot().curves) + 1)
                self._show()
            case "finish":
                await self._advance(float("inf"), float("inf"))
            case "help":
                await self.push_screen(Help(self._keys()))
            case "cards" | "quit":
                self.exit(CARDS if label == "cards" else 0)

    def action_scroll(self, way: str) -> None:
        """Scroll the page: "up" or "down"."""
        self.query_one("#page", VerticalScroll).scroll_relative(y=3 if way == "down" else -3)

    def _keys(self) -> tuple[Key, ...]:
        labels = POSSIBLE[self.phase]
        return tuple(key for key in KEYS if key.label in labels and (key.label != "cards" or self._run.cards))

    def action_interrupt(self) -> None:
        """Leave at once; the prediction is kept already."""
        self.exit(INTERRUPTED)

    async def _frame(self) -> None:
        # not under a list of the keys, nor while the screen is taken down
        if self.phase == "running" and len(self.screen_stack) == 1 and self.query(Flow):
            epochs = self._run.settings.epochs or 0
            await self._advance(max(1, epochs // FRAMES))

    async def _advance(self, distance: float, budget_s: float = BUDGET_S) -> None:
        """Take the steps of the next epochs, as many as fit in a frame; conclude after the last one."""
        began, start = time.monotonic(), None
        for step in self._coming:
            start = step.at if start is None else start
            self.steps.append(step)
            if (self._is_by_epochs() and step.at - start >= distance) or time.monotonic() - began > budget_s:
                break
        else:
            await self._conclude()
        self._show()

    def _is_by_epochs(self) -> bool:
        return self._run.experiment.axes.x == "epoch"

    async def _conclude(self) -> None:
        self.phase = "done"
        seen = self._run.seen(self.steps)
        parts: list[Widget] = [Static(sentence, classes="sentence", markup=False) for sentence in seen.sentences]
        if self.prediction and self.prediction.asked:
            parts.extend(self._marked(self.prediction))
        table = Static("\n".join(aligned(seen.table, self._width())), classes="sentence", markup=False)
        last = Static("\n".join(epilogue(self._run, self._width())), classes="muted", markup=False)
        await self.query_one("#outcome", Vertical).mount_all([*parts, table, last])

    def _marked(self, view: View) -> Iterator[Widget]:
        assert view.asked is not None
        right = bool(view.asked.right)
        words = "✓ Your prediction was right." if right else "✗ Your prediction was not right."
        yield Static(words, classes=f"verdict {'good' if right else 'bad'}", markup=False)
        for layer in view.layers[:1]:
            yield Static(plain(layer.text), classes="sentence", markup=False)

    def _handle_exception(self, error: Exception) -> None:
        """Leave the screen without Textual's traceback; `play` raises the error where every other one is caught."""
        self.failure, self.phase = error, "failed"
        self._exception = error  # what Textual's own test driver looks at
        self._exception_event.set()
        self._close_messages_no_wait()

    # -- what a person sees -------------------------------------------------------------------------------------------

    def _plot(self) -> Plot:
        return plot_of(self._run, self.steps)

    def _show(self) -> None:
        """Draw the curves and the units as they are now."""
        self.query_one(Flow).put(self._bar())
        if self.phase in ("asking", "starting"):
            return
        plot = self._plot()
        self.query_one("#curves", Static).update(drawn(plot, self._width(), self.alone))
        names = [curve.name for i, curve in enumerate(plot.curves, 1) if self.alone in (0, i)]
        self.query_one("#strip", Static).update(strips(self.steps, names))
        self.query_one("#counts", Static).update(self._counts())

    def _width(self) -> int:
        return max(40, min(100, self.size.width - 8))

    def _counts(self) -> str:
        state = {"running": "", "paused": "paused · ", "done": "done · "}[self.phase]
        if not self.steps:
            return state.removesuffix(" · ")
        reached = f"{self._run.experiment.axes.x} {self.steps[-1].at:g}"
        return f"{state}{reached}" + (f" of {self._run.settings.epochs}" if self._is_by_epochs() else "")

    def _bar(self) -> list[Content]:
        return [
            Content.from_markup(f"[@click=app.press('{key.label}')][b $text-accent]{key.key}[/] {key.label}[/]")
            for key in self._keys()
        ]


def drawn(plot: Plot, width: int, alone: int) -> Content:
    """Return the curves with a colour for each mark; all of them, or only the one numbered `alone`."""
    if alone:
        plot = replace(plot, curves=plot.curves[alone - 1 : alone])
    colour = {mark: COLOURS[i % len(COLOURS)] for i, mark in enumerate(MARKS)}
    rows = []
    for row in text(plot, width, PLOT_ROWS):
        label, line, marks = row.partition("|")
        if not line:
            rows.append(Content(row))
            continue
        coloured = [(mark, colour[mark]) if mark in colour else mark for mark in marks]
        rows.append(Content.assemble((label + line, "$text-muted"), *coloured))
    return Content("\n").join(rows)


def strips(steps: list[Step], names: list[str]) -> Content:
    """Return a row for each series: its figures, then a mark for each hidden unit, layer by layer.

    A full block is a unit that is on for many samples; lighter ones are on for fewer, a dot is silent.
    """
    latest = {step.series: step for step in steps[-512:] if step.units}
    shown = [name for name in names if name in latest]
    widest = max(map(len, shown), default=0)
    rows = [Content.assemble(f"{name:<{widest}}  ", _figures(latest[name]), *_units(latest[name])) for name in shown]
    if rows:
        rows.append(Content.styled("hidden units: █ on for many samples … ░ for few, · silent", "$text-muted"))
    return Content("\n").join(rows)


def _figures(step: Step) -> str:
    loss, accuracy = step.mean("loss"), step.mean("accuracy")
    return f"loss {loss:<8.4g} {accuracy:6.1%}  "


def _units(step: Step) -> Iterator[tuple[str, str]]:
    for layer in step.units:
        for share in layer:
            yield next(((glyph, colour) for least, glyph, colour in SHADES if share > least), SILENT)
        yield (" ", "")


def play(run: Run, player: Player | None, picture: Path | None) -> int:
    """Play a run on the full screen, write the picture that was asked for, and return the exit code."""
    app = Lab(run, player)
    code = app.run()
    if app.failure is not None:
        raise app.failure
    if app.phase == "done":
        keep_picture(run, app.steps, picture)
    return (app.return_code or 0) if code is None else code
