"""The face of plain lines: one line of input a step, for pipes, dumb terminals and screen readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TextIO

from quizkit.errors import QuizkitError, UsageProblem, nearest
from quizkit.faces.code import code_news, edit_code
from quizkit.faces.keys import EDIT, HELP, KEYS, PROGRESS, Key, action_of, grade_line, possible
from quizkit.faces.page import Look, Page, answer_text
from quizkit.faces.words import KEEP_OR_AFRESH, progress_text
from quizkit.marking import Ask
from quizkit.player import Player
from quizkit.session import Action, Do, Screen
from quizkit.view import View

Editor = Callable[[str, int], None]


class Plain:
    """Plays a sitting by lines."""

    def __init__(self, player: Player, out: TextIO, look: Look, editor: Editor) -> None:
        """Play `player` to `out`."""
        self._player, self._out, self._look, self._editor = player, out, look, editor

    def play(self, lines: Iterable[str]) -> None:
        """Show the sitting and read answers from `lines` until it is over, quit, or the input ends."""
        view = self._player.view()
        self._show(None, view)
        if view.screen is Screen.DONE and not view.total:
            return
        self._prompt(view)
        for line in lines:
            before, view = view, self._obey(view, line.strip())
            if before.screen is Screen.DONE and view.screen is Screen.DONE:
                return
            self._prompt(view)
        self._write("\n")
        if view.screen is not Screen.DONE:
            self._show(view, self._player.act(Action(Do.QUIT)))

    def _obey(self, view: View, line: str) -> View:
        try:
            after = self._do(view, line)
        except QuizkitError as problem:
            self._write(f"{problem.message}\n")
            return view
        if after is not view:
            self._show(view, after)
        return after

    def _do(self, view: View, line: str) -> View:
        if view.screen is Screen.ASKED and not _is_command(view, line):
            return self._player.act(Action(Do.MARK, answer=line))
        if not line:
            return self._enter(view)
        key = _key(view, line)
        if key.label == HELP:
            self._write(help_text(view))
            return view
        if key.label == PROGRESS:
            return self._progress(view)
        if key.label == EDIT:
            return self._edit(view)
        return self._player.judge() if key.do is Do.JUDGE else self._player.act(action_of(key))

    def _progress(self, view: View) -> View:
        from quizkit.faces.progress import of_player  # what no question waits for

        self._write("\n".join(["", *of_player(self._player, self._look.width), ""]))
        return view

    def _edit(self, view: View) -> View:
        if view.coding:
            return edit_code(self._player, view.coding, self._editor)
        self._editor(view.file, view.line)
        return self._player.edited()

    def _enter(self, view: View) -> View:
        if Do.JUDGE in view.actions:
            return self._player.judge()
        for do in (Do.OPEN, Do.NEXT):
            if do in view.actions:
                return self._player.act(Action(do))
        if view.screen is Screen.DONE:
            return view
        if view.screen is Screen.CHANGED:
            raise UsageProblem(KEEP_OR_AFRESH)
        raise UsageProblem(f"Grade it: {grade_line(view)}")

    # -- showing ------------------------------------------------------------------------------------------------------

    def _show(self, before: View | None, view: View) -> None:
        """Write what is new since `before`, so that a screen reader never reads a thing twice."""
        if view.notice and (before is None or view.notice != before.notice):
            self._write(f"{view.notice}\n")
        if view.summary:
            page = Page(self._look)
            page.summary(view.summary)
            self._write(f"\n{page.text()}")
            return
        known = before is not None and before.turn == view.turn
        if not known:
            self._question(view)
        if view.coding:
            self._write(code_news(before.coding if known and before else None, view, self._look))
        elif view.screen is not Screen.QUESTION:
            self._write(answer_text(view, self._look, len(before.layers) if known and before else 0))

    def _question(self, view: View) -> None:
        page = Page(self._look)
        page.line(f"{view.title}: {progress_text(view)}", "dim")
        page.line()
        page.question(view)
        self._write(f"\n{page.text()}")

    def _prompt(self, view: View) -> None:
        self._write(f"\n{prompt(view)} ")

    def _write(self, text: str) -> None:
        if self._look.ascii:
            from quizkit.faces.drawing.transliterate import to_ascii

            text = to_ascii(text)
        self._out.write(text)
        self._out.flush()


def prompt(view: View) -> str:
    """Return what is asked for on the last line."""
    if view.screen is Screen.QUESTION:
        return "Say it aloud, then Enter opens the answer (? help):"
    if view.screen is Screen.ANSWER:
        more = f"Enter: {view.closed[0]}.  " if view.closed else ""
        return f"{more}{grade_line(view)}:"
    if view.screen is Screen.ASKED and view.asked:
        return _ASKING[view.asked.ask]
    if view.screen is Screen.CHANGED:
        return KEEP_OR_AFRESH
    if view.screen is Screen.CODING:
        return "e opens your editor, Enter judges the file (? help):"
    if view.screen is Screen.CODED:
        return "Enter goes on, s shows the solution (? help):"
    if view.screen is Screen.MARKED:
        return "Enter goes on:"
    return "Enter ends, u takes back the last answer:" if Do.UNDO in view.actions else "Enter ends:"


_ASKING = {
    Ask.ONE: "The number of your answer (? help):",
    Ask.SEVERAL: "The numbers of the true ones, 0 for none (? help):",
    Ask.NUMBER: "Your number (? help):",
}


def help_text(view: View) -> str:
    """Return what can be typed now."""
    rows = [(f"{key.key} or {key.label}", key.help) for key in possible(view)]
    return "\n".join(f"  {names:<16} {meaning}" for names, meaning in rows) + "\n"


def _is_command(view: View, line: str) -> bool:
    return any(line.lower() in (key.key, key.label) and not key.grade for key in possible(view))


def _key(view: View, line: str) -> Key:
    keys = possible(view)
    for key in keys:
        if line.lower() in (key.key, key.label):
            return key
    if any(line.lower() in (key.key, key.label) for key in KEYS):
        raise UsageProblem(f"{line!r} is not possible now. Possible: {_names(keys)}.")
    hint = nearest(line.lower(), [key.label for key in keys])
    raise UsageProblem(f"{line!r} is not a command.{hint} Possible: {_names(keys)}.")


def _names(keys: tuple[Key, ...]) -> str:
    return ", ".join(f"{key.label} ({key.key})" for key in keys)
