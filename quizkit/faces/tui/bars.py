"""The lines around a card: progress and time above, notices and keys below."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from quizkit.faces import findings
from quizkit.faces.keys import KEYS, Key, possible
from quizkit.faces.words import clock_text, progress_text
from quizkit.memory.log import Mode
from quizkit.session import Do, Screen
from quizkit.view import CodeView, View

_MODES = {Mode.QUIZ: "quiz · ", Mode.CRAM: "cram · "}
_GAP = "   "


class TopLine(Vertical):
    """What is studied, how far, how long."""

    def __init__(self, view: View) -> None:
        """Show the line for `view`."""
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """Lay out the title, the counts and the bar."""
        with Horizontal():
            yield Static(f"{_MODES.get(self._view.mode, '')}{self._view.title}", id="title", markup=False)
            yield Static("", id="counts", markup=False)
        yield ProgressLine()

    def on_mount(self) -> None:
        """Fill in the numbers."""
        self.show(self._view)

    def show(self, view: View) -> None:
        """Show how far `view` is."""
        self._view = view
        if view.mode is Mode.CHALLENGE and view.coding:
            self._show_challenge(view.coding)
            return
        self.query_one(ProgressLine).share = view.done / max(1, view.total)
        self.tick(view.elapsed_s)

    def _show_challenge(self, code: CodeView) -> None:
        """Show what is judged, the verdict, and how many of the required properties hold."""
        self.query_one("#title", Static).update(findings.title(code))
        if code.verdict is None:
            return
        held, total = code.verdict.count("required")
        self.query_one(ProgressLine).share = held / max(1, total)
        outcome = f"{findings.outcome(code.verdict)} · {code.verdict.seconds:.1f} s"
        self.query_one("#counts", Static).update(outcome)

    def tick(self, elapsed_s: float) -> None:
        """Show the time since the sitting began."""
        if self._view.mode is not Mode.CHALLENGE:
            for counts in self.query("#counts").results(Static):  # none while it is laid out or taken down
                counts.update(f"{progress_text(self._view)} · {clock_text(elapsed_s)}")


class ProgressLine(Widget):
    """How much of the sitting is done: a heavy line and a light one, so that it reads without colour."""

    share: reactive[float] = reactive(0.0)

    def render(self) -> Content:
        """Return the line for the present width."""
        heavy = round(self.size.width * self.share)
        return Content.assemble(("━" * heavy, "$text-accent"), ("─" * (self.size.width - heavy), "dim"))


class Notice(Static):
    """One sentence about what just happened; takes no room when there is none."""

    def __init__(self, message: str) -> None:
        """Begin with `message`, which may be empty."""
        super().__init__(message, markup=False)
        self.display = bool(message)

    def say(self, message: str) -> None:
        """Show `message`, or nothing."""
        self.update(message)
        self.display = bool(message)


class Searching(Horizontal):
    """How far the judge is; takes no room while it rests."""

    def __init__(self) -> None:
        """Begin at rest."""
        super().__init__()
        self.display = False
        self._seen = (0, 0)
        # cases looked at and cases in all

    def compose(self) -> ComposeResult:
        """Lay out the word, the bar and the counts."""
        yield Static("judging", id="judging", markup=False)
        yield ProgressLine()
        yield Static("", id="cases", markup=False)

    def on_mount(self) -> None:
        """Look at the counts from now on."""
        self.set_interval(0.1, self._refresh)

    def begin(self) -> None:
        """Show that a search is under way."""
        self._seen = (0, 0)
        self._refresh()
        self.display = True

    def note(self, done: int, total: int) -> None:
        """Take in how far the judge is; may be called from its thread, the screen looks at it now and then."""
        self._seen = (done, total)

    def end(self) -> None:
        """Give the room back."""
        self.display = False

    def _refresh(self) -> None:
        done, total = self._seen
        self.query_one(ProgressLine).share = done / max(1, total)
        self.query_one("#cases", Static).update(f"{done} of {total} cases" if total else "")


class Flow(Widget):
    """Short texts one after the other, in as many lines as they need; none is broken."""

    def __init__(self, parts: list[Content], **place: str) -> None:
        """Show `parts`."""
        super().__init__(**place)  # type: ignore[arg-type]
        self._parts = parts

    def put(self, parts: list[Content]) -> None:
        """Show others."""
        self._parts = parts
        self.refresh(layout=True)

    def render(self) -> Content:
        """Return the texts for the present width."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return in how many lines the texts fit."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for part in self._parts:
            if lines and lines[-1].cell_length + len(_GAP) + part.cell_length <= width:
                lines[-1] = lines[-1] + _GAP + part
            else:
                lines.append(part)
        return lines


class KeyBar(Flow):
    """The keys that do something now; they can be clicked."""

    def __init__(self, view: View) -> None:
        """Show the keys for `view`."""
        super().__init__(_parts(view))

    def show(self, view: View) -> None:
        """Show the keys for `view`."""
        self.put(_parts(view))


def _parts(view: View) -> list[Content]:
    keys = [key for key in possible(view, watches=True) if key.do is not Do.MARK]
    if view.screen is Screen.ASKED and view.asked and view.asked.options:
        keys = [Key(f"1-{len(view.asked.options)}", "choose", ""), *keys]
    intervals = {option.grade: option.interval for option in view.grades}
    return [_part(key, intervals.get(key.grade, "") if key.grade else "") for key in keys]


def _part(key: Key, interval: str) -> Content:
    action = f"app.press('{key.label}')" if key in KEYS else "app.go_on"
    return Content.from_markup(f"[@click={action}][b $text-accent]{key.key}[/] {key.label} {interval}".rstrip() + "[/]")
