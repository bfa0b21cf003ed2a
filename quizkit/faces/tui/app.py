"""Plays a sitting on the full screen: shows views, sends actions."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.timer import Timer

from quizkit.errors import INTERRUPTED, QuizkitError
from quizkit.faces.code import line_to_edit
from quizkit.faces.findings import by_hand
from quizkit.faces.keys import EDIT, HELP, KEYS, PROGRESS, WATCH, Key, action_of, possible
from quizkit.faces.tui.bars import KeyBar, Notice, Searching, TopLine
from quizkit.faces.tui.body import Body
from quizkit.faces.tui.choices import Choices, NumberInput
from quizkit.faces.tui.editing import edit
from quizkit.faces.tui.help import Help
from quizkit.faces.tui.inline import Face
from quizkit.faces.tui.threads import in_thread
from quizkit.faces.words import KEEP_OR_AFRESH
from quizkit.memory.log import Mode
from quizkit.player import Player
from quizkit.saves import Watch
from quizkit.session import Action, Do, Screen
from quizkit.settings import Settings
from quizkit.view import CodeView, View

POLL_SECONDS = 0.1
# between two looks at a watched file
THEMES = {"dark": "textual-dark", "light": "textual-light", "terminal": "ansi-dark"}
_LETTERS = dict.fromkeys(key.key for key in KEYS if len(key.key) == 1 and key.key.isalpha())


class Sitting(Face):
    """One sitting, from the first question to the summary. Its result is the exit code."""

    CSS_PATH = Path(__file__).with_name("sitting.tcss")
    TITLE = "quizkit"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(letter, f"letter('{letter}')", show=False) for letter in _LETTERS),
        *(Binding(str(digit), f"digit({digit})", show=False) for digit in range(1, 10)),
        Binding("space,enter", "go_on", show=False),
        Binding("question_mark", f"press('{HELP}')", HELP, show=False),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
        Binding("ctrl+q", "press('quit')", show=False, priority=True),
        *(Binding(f"{names}", f"scroll('{way}')", show=False) for names, way in (("j", "down"), ("k", "up"))),
    ]

    def __init__(self, player: Player, settings: Settings, *, watch: bool = False) -> None:
        """Play `player` with the theme and the diagrams that the settings name; `watch` a challenge from the start."""
        super().__init__()
        self._player = player
        self._watch_first = watch
        self._watching: Timer | None = None
        self._judging = False
        self._words = settings.diagrams == "words"
        self._chosen_theme = THEMES[settings.theme]
        self.shown = player.view()
        self.failure: Exception | None = None

    def compose(self) -> ComposeResult:
        """Lay out the screen: a line above, the card, a notice, the keys."""
        yield TopLine(self.shown)
        with VerticalScroll(id="page"):
            yield Body(self.shown, words=self._words)
        yield Searching()
        yield Notice(self.shown.notice)
        yield KeyBar(self.shown)

    def on_mount(self) -> None:
        """Start the ticking of the elapsed time."""
        self.theme = self._chosen_theme
        self.set_interval(1.0, self._tick)
        self.query_one("#page").focus()
        self._focus_input()
        if self.shown.mode is Mode.CHALLENGE:
            self._judge()
            if self._watch_first:
                self._switch_watch()

    def _tick(self) -> None:
        if self.shown.screen is not Screen.DONE:
            for line in self.query(TopLine):  # none while the screen is taken down
                line.tick(self._player.elapsed_s())

    # -- what a person does -------------------------------------------------------------------------------------------

    async def action_letter(self, letter: str) -> None:
        """Do what a letter stands for on this screen; elsewhere it is refused with a sentence."""
        keys = [*possible(self.shown, watches=True), *KEYS]
        await self.action_press(next(key.label for key in keys if key.key == letter))

    async def action_press(self, label: str) -> None:
        """Do what the key called `label` stands for, where it is possible now."""
        key = next(key for key in KEYS if key.label == label)
        if key.label == HELP:
            await self.push_screen(Help(possible(self.shown, watches=True)))
        elif key.label == PROGRESS:
            await self._show_progress()
        elif key.label == EDIT:
            await self._edit()
        elif key.label == WATCH:
            self._switch_watch()
        elif key.do is Do.JUDGE:
            self._judge()
        elif key.do is Do.QUIT and (self.shown.screen is Screen.DONE or self.shown.mode is Mode.CHALLENGE):
            self.exit(_exit_code(self.shown.coding))
        else:
            await self._act(action_of(key))

    async def _show_progress(self) -> None:
        if self.shown.screen is Screen.DONE:
            from quizkit.faces.tui.progress import Progress

            await self.push_screen(Progress(self._player))

    async def action_go_on(self) -> None:
        """Open the next part, submit what was chosen, go on, or leave the summary."""
        choices = self.query(Choices)
        if self.shown.screen is Screen.ASKED and choices:
            await self._act(Action(Do.MARK, answer=choices.first().answer()))
        elif Do.OPEN in self.shown.actions:
            await self._act(Action(Do.OPEN))
        elif Do.NEXT in self.shown.actions:
            await self._act(Action(Do.NEXT))
        elif Do.JUDGE in self.shown.actions:
            self._judge()
        elif self.shown.screen is Screen.DONE:
            self.exit(0)
        elif self.shown.screen is Screen.CHANGED:
            self._say(KEEP_OR_AFRESH)
        elif self.shown.screen is Screen.ANSWER:
            self._say("The whole answer is open: grade it with 1, 2, 3 or 4.")

    async def action_digit(self, digit: int) -> None:
        """Grade, or choose an option."""
        choices = self.query(Choices)
        if self.shown.screen is Screen.ASKED and choices:
            if choices.first().choose(digit):
                await self.action_go_on()
            return
        grades: dict[str, Key] = {key.key: key for key in KEYS if key.do is Do.GRADE}
        if str(digit) in grades:
            await self._act(action_of(grades[str(digit)]))

    def action_scroll(self, way: str) -> None:
        """Scroll the card by a line."""
        page = self.query_one("#page", VerticalScroll)
        page.scroll_down() if way == "down" else page.scroll_up()

    def action_interrupt(self) -> None:
        """Stop at once; every answer is kept already."""
        self.exit(INTERRUPTED)

    @on(NumberInput.Submitted)
    async def _number_typed(self, event: NumberInput.Submitted) -> None:
        await self._act(Action(Do.MARK, answer=event.value))

    @on(Choices.Chosen)
    async def _option_clicked(self, event: Choices.Chosen) -> None:
        await self.action_digit(event.number)

    # -- challenges ---------------------------------------------------------------------------------------------------

    def _judge(self) -> None:
        """Have the file judged in a thread, so that keys still work meanwhile."""
        if not self._judging and Do.JUDGE in self.shown.actions:
            self._judging = True
            self.run_worker(self._judged())

    async def _judged(self) -> None:
        searching, turn = self.query_one(Searching), self.shown.turn
        searching.begin()
        try:
            judged = await in_thread(lambda: self._player.judgement(progress=searching.note))
        except QuizkitError as problem:
            self._say(problem.message)
            return
        finally:
            self._judging = False
            searching.end()
        if turn == self.shown.turn and Do.JUDGE in self.shown.actions:
            await self._act(Action(Do.JUDGE, judged=judged))

    def _switch_watch(self) -> None:
        """Judge at every save from now on, or no longer."""
        if self._watching is not None:
            self._stop_watching()
            self._say("No longer watching.")
        elif self.shown.coding:
            saves = Watch(Path(self.shown.coding.path))
            saves.saved()
            self._watching = self.set_interval(POLL_SECONDS, lambda: self._judge_if_saved(saves))
            self._say(f"Watching {Path(self.shown.coding.path).name}: every save is judged.")

    def _stop_watching(self) -> None:
        if self._watching is not None:
            self._watching.stop()
            self._watching = None

    def _judge_if_saved(self, saves: Watch) -> None:
        if not self._judging and saves.saved():
            self._judge()

    async def _edit_code(self, code: CodeView) -> None:
        problem = edit(self, code.path, line_to_edit(code))
        if problem:
            self._say(f"{problem} {by_hand(code)}")
        else:
            self._judge()

    # -- cards --------------------------------------------------------------------------------------------------------

    async def _edit(self) -> None:
        if self.shown.coding and Do.JUDGE in self.shown.actions:
            await self._edit_code(self.shown.coding)
            return
        if not self.shown.card or self.shown.coding:
            return
        problem = edit(self, self.shown.file, self.shown.line)
        await self._show(self._player.edited())
        if problem:
            self._say(f"{problem} The file is {self.shown.file}, line {self.shown.line}.")

    async def _act(self, action: Action) -> None:
        try:
            view = self._player.act(action)
        except QuizkitError as problem:
            self._say(problem.message)
            return
        await self._show(view)

    def _handle_exception(self, error: Exception) -> None:
        """Leave the screen without Textual's traceback; `run` raises the error where every other one is caught."""
        self.failure = error
        self._exception = error  # what Textual's own test driver looks at
        self._exception_event.set()
        self._close_messages_no_wait()

    # -- what a person sees -------------------------------------------------------------------------------------------

    async def _show(self, view: View) -> None:
        before, self.shown = self.shown, view
        if view.turn != before.turn:
            self._stop_watching()
        self.query_one(TopLine).show(view)
        self.query_one(KeyBar).show(view)
        self._say(view.notice)
        await self.query_one(Body).show(before, view)
        self._focus_input()

    def _say(self, message: str) -> None:
        self.query_one(Notice).say(message)

    def _focus_input(self) -> None:
        target = self.query(NumberInput).first() if self.query(NumberInput) else self.query_one("#page")
        target.focus()


def run(player: Player, settings: Settings, *, watch: bool = False) -> int:
    """Play a sitting on the full screen and return the exit code; `watch`: judge a challenge at every save."""
    app = Sitting(player, settings, watch=watch)
    code = app.run()
    if app.failure is not None:
        raise app.failure
    return (app.return_code or 0) if code is None else code


def _exit_code(code: CodeView | None) -> int:
    """Return the exit code of the last verdict, 0 where there is none."""
    return code.verdict.exit_code if code and code.verdict else 0
