"""Plays an interview on the full screen: the clocks, the question, a field to type in, the debrief, the scorecard."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll

from quizkit.errors import INTERRUPTED, QuizkitError
from quizkit.faces.code import line_to_edit
from quizkit.faces.findings import by_hand
from quizkit.faces.interview_keys import CONTROLS, EDIT, HELP, KEYS, Key, possible
from quizkit.faces.tui.app import THEMES
from quizkit.faces.tui.bars import Notice, Searching
from quizkit.faces.tui.editing import edit
from quizkit.faces.tui.help import Help
from quizkit.faces.tui.inline import Face
from quizkit.faces.tui.interview_body import ClockLine, InterviewBody, InterviewKeys, TickRow
from quizkit.faces.tui.notes import Notes
from quizkit.faces.tui.threads import in_thread
from quizkit.interview.engine import Action, Do, Screen
from quizkit.interview.view import InterviewView
from quizkit.interviewer import Interviewer
from quizkit.settings import Settings
from quizkit.view import CodeView

_LETTERS = dict.fromkeys(key.key for key in KEYS if len(key.key) == 1 and key.key.isalpha())
_LEAVING = (Do.DONE, Do.MOVE_ON, Do.FINISH, Do.PAUSE)
# before these, what is typed counts as said


class InterviewApp(Face):
    """One interview, from the first question to the scorecard. Its result is the exit code."""

    CSS_PATH: ClassVar = [Path(__file__).with_name("sitting.tcss"), Path(__file__).with_name("interview.tcss")]
    TITLE = "quizkit"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (as Textual's own has it)
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"control('{key}')", show=False) for key in CONTROLS),
        *(Binding(letter, f"control('{letter}')", show=False) for letter in _LETTERS),
        *(Binding(str(digit), f"tick({digit or 10})", show=False) for digit in range(10)),
        Binding("enter", "go_on", show=False),
        Binding("question_mark", f"press('{HELP}')", show=False),
        Binding("pageup", "scroll('page_up')", show=False, priority=True),
        Binding("pagedown", "scroll('page_down')", show=False, priority=True),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
        Binding("ctrl+q", "control('ctrl+q')", show=False, priority=True),
        *(Binding(names, f"scroll('{way}')", show=False) for names, way in (("j", "down"), ("k", "up"))),
    ]

    def __init__(self, interviewer: Interviewer, settings: Settings) -> None:
        """Play `interviewer` with the theme and the diagrams that the settings name."""
        super().__init__()
        self._interviewer = interviewer
        self._chosen_theme = THEMES[settings.theme]
        self._words = settings.diagrams == "words"
        self._judging = False
        self.shown = interviewer.view()
        self.failure: Exception | None = None

    def compose(self) -> ComposeResult:
        """Lay out the screen: the clocks, the question, the field, a notice, the keys."""
        yield ClockLine(self.shown)
        with VerticalScroll(id="page"):
            yield InterviewBody(self.shown, words=self._words)
        with Vertical(id="field"):
            yield Notes(self._interviewer.draft, self.action_control)
        yield Notice(self.shown.notice)
        yield InterviewKeys(self.shown)

    async def on_mount(self) -> None:
        """Start the clock on the screen."""
        self.theme = self._chosen_theme
        self.set_interval(1.0, self._second)
        self._settle()

    async def _second(self) -> None:
        try:
            changed = self._interviewer.tick()
        except QuizkitError as problem:
            self._say(problem.message)
            return
        if changed:
            await self._show(self._interviewer.view())
        elif self.shown.screen is Screen.QUESTION:
            for line in self.query(ClockLine):
                line.tick(self._interviewer.clock())

    # -- what a person does -------------------------------------------------------------------------------------------

    async def action_control(self, key: str) -> None:
        """Do what a key stands for on this screen; elsewhere it is refused with a sentence."""
        await self._press(next(each for each in (*possible(self.shown), *KEYS) if each.key == key))

    async def action_press(self, label: str) -> None:
        """Do what the key called `label` stands for, where it is possible now."""
        found = next((each for each in possible(self.shown) if each.label == label), None)
        if found is not None:
            await self._press(found)

    async def _press(self, key: Key) -> None:
        if key.label == HELP:
            await self.push_screen(Help(possible(self.shown)))  # type: ignore[arg-type]
        elif key.label == EDIT:
            await self._edit(self.shown.coding)
        elif key.do is Do.TRY and key.do in self.shown.actions:
            self._judge()
        elif key.do is Do.QUIT:
            self._leave(0)
        elif key.do in _LEAVING and key.do in self.shown.actions:
            await self._said_and(Action(key.do))
        elif key.do is not None:
            await self._act(Action(key.do, grade=key.grade))

    async def action_tick(self, number: int) -> None:
        """Tick a line of the debrief, or take the tick back."""
        if Do.TICK in self.shown.actions:
            await self._act(Action(Do.TICK, number=number))

    async def action_go_on(self) -> None:
        """Keep the question of the debrief as it stands, or leave the scorecard."""
        if self.shown.screen is Screen.SCORECARD:
            self.exit(0)
        elif Do.NEXT in self.shown.actions and not self._judging:
            await self._act(Action(Do.NEXT))
        elif Do.CONTINUE in self.shown.actions:
            await self._act(Action(Do.CONTINUE))

    def action_scroll(self, way: str) -> None:
        """Scroll by a line or a page, also while the field has the keys."""
        page = self.query_one("#page", VerticalScroll)
        {"down": page.scroll_down, "up": page.scroll_up, "page_down": page.scroll_page_down}.get(
            way, page.scroll_page_up
        )(animate=False)

    def action_interrupt(self) -> None:
        """Stop at once; all that was said is kept already."""
        self._leave(INTERRUPTED)

    def _leave(self, code: int) -> None:
        self._interviewer.act(Action(Do.QUIT))
        self.exit(code)

    @on(Notes.Changed)
    def _typed(self, event: Notes.Changed) -> None:
        self._interviewer.draft = event.text_area.text

    @on(TickRow.Clicked)
    async def _row_clicked(self, event: TickRow.Clicked) -> None:
        await self.action_tick(event.number)

    async def _said_and(self, action: Action) -> None:
        """Count what is typed as said, then do `action`."""
        draft = self._interviewer.draft = self.query_one(Notes).text
        # its message about the last key may still be under way
        if draft.strip() and not await self._act(Action(Do.SAY, text=draft)):
            return
        self.query_one(Notes).text = ""
        self._interviewer.draft = ""
        await self._act(action)

    async def _act(self, action: Action) -> bool:
        try:
            view = self._interviewer.act(action)
        except QuizkitError as problem:
            await self._show(self._interviewer.view())
            self._say(problem.message)
            return False
        await self._show(view)
        return True

    # -- code ---------------------------------------------------------------------------------------------------------

    def _judge(self) -> None:
        """Have the file run in a thread, so that the clock goes on and keys still work."""
        if not self._judging:
            self._judging = True
            self.run_worker(self._judged())

    async def _judged(self) -> None:
        searching, before = Searching(), self.shown
        await self.mount(searching, before=self.query_one(Notice))
        # only now: it looks at its counts ten times a second
        searching.begin()
        message = ""
        try:
            judged = await in_thread(lambda: self._interviewer.judgement(searching.note))
            if (before.screen, before.number) == (self.shown.screen, self.shown.number):
                await self._show(self._interviewer.judge(judged))
        except QuizkitError as problem:
            message = problem.message
        self._judging = False
        await searching.remove()
        if message:
            self._say(message)

    async def _edit(self, code: CodeView | None) -> None:
        if code is None or Do.TRY not in self.shown.actions:
            self._say("There is no code to edit here.")
            return
        with self._interviewer.away():
            problem = edit(self, code.path, line_to_edit(code))
        await self._show(self._interviewer.view())
        if problem:
            self._say(f"{problem} {by_hand(code)}")

    # -- what a person sees -------------------------------------------------------------------------------------------

    async def _show(self, view: InterviewView) -> None:
        before, self.shown = self.shown, view
        await self.query_one(InterviewBody).show(before, view)
        # first: what changes its place while Textual batches updates is not drawn anew
        self.query_one(ClockLine).show(view)
        self.query_one(InterviewKeys).show(view)
        self._say(view.notice)
        if (before.screen, before.turn) != (view.screen, view.turn):
            self._settle()

    def _settle(self) -> None:
        """Give the field what is typed, and the keys to what takes them on this screen."""
        notes, asking = self.query_one(Notes), self.shown.screen is Screen.QUESTION
        field = self.query_one("#field")
        field.display = asking
        field.set_class(self.shown.coding is not None, "small")
        if notes.text != self._interviewer.draft:
            notes.text = self._interviewer.draft
        (notes if asking else self.query_one("#page")).focus(scroll_visible=False)
        # everything fits the screen: scrolling it, while it is being laid out, would only hide the clocks
        if self.shown.debrief and self.shown.debrief.waits_for_judge:
            self._judge()

    def _say(self, message: str) -> None:
        self.query_one(Notice).say(message)

    def _handle_exception(self, error: Exception) -> None:
        """Leave the screen without Textual's traceback; `run` raises the error where every other one is caught."""
        self.failure = error
        self._exception = error  # what Textual's own test driver looks at
        self._exception_event.set()
        self._close_messages_no_wait()


def run(interviewer: Interviewer, settings: Settings) -> int:
    """Play an interview on the full screen and return the exit code."""
    app = InterviewApp(interviewer, settings)
    code = app.run()
    if app.failure is not None:
        raise app.failure
    return (app.return_code or 0) if code is None else code
