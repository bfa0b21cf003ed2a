"""The interview by plain lines: what is typed is said, what begins with a slash is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TextIO

from quizkit.errors import QuizkitError, UsageProblem, nearest
from quizkit.faces import findings
from quizkit.faces.code import line_to_edit
from quizkit.faces.interview_keys import EDIT, HELP, KEYS, Key, possible
from quizkit.faces.interview_page import debrief_text, question_text, scorecard_text, ticks_text, trial_text
from quizkit.faces.interview_words import slept_text, time_text
from quizkit.faces.page import INDENT, Look, Page
from quizkit.interview.engine import Action, Do, Screen
from quizkit.interview.view import InterviewView
from quizkit.interviewer import Interviewer

Editor = Callable[[str, int], None]
LAST_CALL_S = 60.0
# before the end of a question at which that is said
_WHILE_ASKED = (Screen.QUESTION, Screen.PAUSED, Screen.SLEPT)


class PlainInterview:
    """Plays an interview by lines."""

    def __init__(self, interviewer: Interviewer, out: TextIO, look: Look, editor: Editor) -> None:
        """Play `interviewer` to `out`."""
        self._interviewer, self._out, self._look, self._editor = interviewer, out, look, editor
        self._view = interviewer.view()
        self._called = -1
        # the turn whose end was announced
        self._over = -1

    def play(self, lines: Iterable[str | None]) -> None:
        """Show the interview and read from `lines`, where None is a second that went by, until the scorecard."""
        self._show(None)
        if self._view.screen is Screen.SCORECARD:
            return
        self._prompt()
        for line in lines:
            if line is None:
                if self._pass_time():
                    self._prompt()
            elif self._is_over(line.strip()):
                return
        self._interviewer.act(Action(Do.QUIT))
        self._write("\nThe input ended. `quizkit interview --resume` goes on where you were.\n")

    def _is_over(self, line: str) -> bool:
        try:
            quitting = self._obey_in_time(line)
        except QuizkitError as problem:
            self._write(f"{problem.message}\n")
            self._after_refusal()
            quitting = False
        if quitting or self._view.screen is Screen.SCORECARD:
            return True
        self._prompt()
        return False

    def _pass_time(self) -> bool:
        """Let time pass and say what it changed; returns whether another question or screen is there."""
        changed = self._interviewer.tick()
        if changed:
            self._write("\n")
            self._after()
        elif self._view.screen is Screen.QUESTION:
            self._announce()
        return changed

    def _announce(self) -> None:
        left_s, turn = self._interviewer.clock().left_s, self._view.number
        if left_s <= 0 and self._over != turn:
            self._over = self._called = turn
            self._write("\nTime is over for this question: what follows is overtime.\n")
        elif left_s <= LAST_CALL_S < self._view.clock.allotted_s and self._called != turn:
            self._called = turn
            self._write("\nOne minute left for this question.\n")

    # -- doing --------------------------------------------------------------------------------------------------------

    def _obey_in_time(self, line: str) -> bool:
        """Do what a line says, unless the question that it was meant for was closed before it came."""
        if self._pass_time() and self._view.screen is not Screen.SLEPT:
            self._write("That line came too late for the question before.\n")
            return False
        return self._obey(line)

    def _obey(self, line: str) -> bool:
        """Do what a line says; returns whether that was to leave."""
        key = self._key(line)
        if key is None:
            self._act(self._said(line))
        elif key.label == HELP:
            self._write(help_text(self._view, self._look))
        elif key.label == EDIT:
            self._edit()
        elif key.do is Do.TRY:
            self._run()
        elif key.do is Do.QUIT:
            self._interviewer.act(Action(Do.QUIT))
            self._write("`quizkit interview --resume` goes on where you were.\n")
            return True
        elif key.do is not None:
            self._act(Action(key.do, grade=key.grade))
        return False

    def _key(self, line: str) -> Key | None:
        """Return the key that a line names; None: it is something said, or numbers to tick."""
        keys = [key for key in possible(self._view) if key.label != "tick"]
        asked = self._view.screen in _WHILE_ASKED
        word = line.removeprefix("/").lower()
        if not line:
            return next((key for key in keys if key.do in (Do.DONE, Do.CONTINUE, Do.NEXT)), None)
        if line == "?":
            return next(key for key in keys if key.label == HELP)
        named = next((key for key in keys if word in (key.label, key.label.replace(" ", "-"), key.key)), None)
        if named and (line.startswith("/") or not asked or named.do in (Do.COUNT, Do.LEAVE_OUT)):
            return named
        if line.startswith("/"):
            known = any(word == key.label for key in KEYS)
            hint = "" if known else nearest(word, [key.label for key in keys])
            raise UsageProblem(f"{line!r} is not possible now.{hint} Possible: {_names(self._view)}.")
        return None

    def _said(self, line: str) -> Action:
        if self._view.screen in _WHILE_ASKED:
            return Action(Do.SAY, text=line)
        words = line.replace(",", " ").split()
        if not all(word.isascii() and word.isdigit() for word in words):
            raise UsageProblem(f"{line!r} is no number of a line. Possible: {_names(self._view)}.")
        for word in words[:-1]:
            self._interviewer.act(Action(Do.TICK, number=int(word[:4])))
        return Action(Do.TICK, number=int(words[-1][:4]))

    def _act(self, action: Action) -> None:
        before, self._view = self._view, self._interviewer.act(action)
        self._show(before)

    def _edit(self) -> None:
        code = self._view.coding
        assert code is not None
        try:
            with self._interviewer.away():
                self._editor(code.path, line_to_edit(code))
        except UsageProblem as problem:
            raise UsageProblem(f"{problem.message} {findings.by_hand(code)}") from None
        self._after()

    def _run(self) -> None:
        view = self._interviewer.judge()
        self._view = view
        if view.coding and view.screen is Screen.QUESTION:
            self._write(f"\n{trial_text(view.coding, self._look)}")

    def _judge(self) -> None:
        """Have the code of the present debrief judged before it is shown."""
        self._write("Judging your code.\n")
        try:
            self._view = self._interviewer.judge()
        except QuizkitError as problem:
            self._write(f"{problem.message}\n")

    # -- showing ------------------------------------------------------------------------------------------------------

    def _after_refusal(self) -> None:
        """Show what is there now, unless it is the same debrief as before."""
        debrief = self._interviewer.view().debrief
        if debrief is None or debrief != self._view.debrief:
            self._after()

    def _after(self) -> None:
        before, self._view = self._view, self._interviewer.view()
        self._show(before)

    def _show(self, before: InterviewView | None) -> None:
        """Write what is new since `before`."""
        view = self._view
        if view.notice and (before is None or before.notice != view.notice):
            self._write(f"{view.notice}\n")
        same = before is not None and (before.screen, before.turn) == (view.screen, view.turn)
        if view.scorecard:
            self._write(f"\n{scorecard_text(view.scorecard, self._look)}")
        elif view.screen is Screen.SLEPT and not same:
            self._write(f"{slept_text(view)}\n")
        elif view.screen is Screen.QUESTION and not same:
            self._write(f"\n{question_text(view, self._look)}")
        elif view.screen is Screen.DEBRIEF:
            self._debrief(same=same)

    def _debrief(self, *, same: bool) -> None:
        if same:
            self._write(f"\n{ticks_text(self._view, self._look)}")
            return
        if self._view.debrief and self._view.debrief.waits_for_judge:
            self._judge()
        self._write(f"\n{debrief_text(self._view, self._look)}")

    def _prompt(self) -> None:
        self._write(f"\n{prompt(self._view, time_text(self._interviewer.clock()))} ")

    def _write(self, text: str) -> None:
        if self._look.ascii:
            from quizkit.faces.drawing.transliterate import to_ascii

            text = to_ascii(text)
        self._out.write(text)
        self._out.flush()


def prompt(view: InterviewView, time: str) -> str:
    """Return what is asked for on the last line."""
    if view.screen is Screen.QUESTION:
        return f"[{time}] Type, or speak. Enter: done. /help:"
    if view.screen is Screen.PAUSED:
        return "Paused: the clock stands still. Enter goes on:"
    if view.screen is Screen.SLEPT:
        return "yes counts it, no leaves it out:"
    if view.debrief and view.debrief.points:
        return "Numbers tick, Enter goes on (? help):"
    return "Enter goes on (? help):"


def help_text(view: InterviewView, look: Look) -> str:
    """Return what can be typed now."""
    page, slash = Page(look), "/" if view.screen in _WHILE_ASKED else ""
    for key in possible(view):
        if key.label != "tick":
            page.hanging(f"{slash + key.label:<11}", key.help, indent=INDENT)
    return page.text()


def _names(view: InterviewView) -> str:
    slash = "/" if view.screen in _WHILE_ASKED else ""
    return ", ".join(f"{slash}{key.label}" for key in possible(view))
