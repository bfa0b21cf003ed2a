"""Draws a card as each face would: the faces themselves play it, in a sitting that keeps nothing."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from quizkit.bank.model import Question
from quizkit.clock import Clock, SystemClock
from quizkit.errors import UsageProblem, nearest
from quizkit.faces.output import can_unicode
from quizkit.faces.page import Look
from quizkit.faces.tables import write
from quizkit.marking import Ask
from quizkit.memory.log import Mode
from quizkit.opening import open_bank
from quizkit.session import Action, Do, Plan, Session, begin, step
from quizkit.settings import Settings
from quizkit.view import View, view

if TYPE_CHECKING:
    from quizkit.player import Player

_TALLEST = 500
# rows of a screen on which every card has room


class Shown(StrEnum):
    """A face that draws cards."""

    FULL = "full"
    PLAIN = "plain"
    JSONL = "jsonl"


class _SeenError(Exception):
    """All that was to be drawn is drawn: the face need not go on to the summary."""


class Rehearsal:
    """Plays one card as a Player would, without a bank or a store."""

    def __init__(self, question: Question, clock: Clock) -> None:
        """Put the card in front of nobody."""
        self._clock = clock
        session = Session(
            plan=Plan("preview", Mode.STUDY, question.topic),
            model=Settings().model(),
            cards={question.id: question},
            states={},
            order=(question.id,),
            fresh=frozenset({question.id}),
        )
        self.session = begin(session, clock.now())

    def view(self) -> View:
        """Return what to show now."""
        return view(self.session, self._clock.now())

    def act(self, action: Action) -> View:
        """Carry out an action."""
        self.session = step(self.session, action, self._clock.now())
        return self.view()

    def elapsed_s(self) -> float:
        """Return 0: a drawing shows no time."""
        return 0.0

    def right_answer(self) -> str:
        """Return what to type for the right answer, "" where the person judges."""
        item = self.session.item
        if item is None or self.session.question is None:
            return ""
        if item.ask is Ask.NUMBER:
            return self.session.question.answer
        return " ".join(str(number) for number, option in enumerate(item.options, 1) if option.right)


def print_preview(card: str, width: int, face: str) -> None:
    """Print a card as the faces draw it in so many columns; `face` names one, "" means all.

    Raises:
        UnknownQuestion: there is no such card.
        UsageProblem: there is no such face.
    """
    names = [shown.value for shown in Shown]
    if face and face not in names:
        raise UsageProblem(f"--face takes {', '.join(names)}, not {face!r}.{nearest(face, names)}")
    with open_bank() as bank:
        question = bank.question(card)
    for shown in [Shown(face)] if face else Shown:
        if not face:
            write(f"── {shown} {'─' * max(0, width - len(shown) - 4)}")
        write(drawn(question, shown, width, SystemClock()))


def drawn(question: Question, shown: Shown, width: int, clock: Clock) -> str:
    """Return question and answer as a face draws them, in the width given."""
    rehearsal = Rehearsal(question, clock)
    if shown is Shown.FULL:
        return asyncio.run(_full(rehearsal, width))
    return _jsonl(rehearsal) if shown is Shown.JSONL else _plain(rehearsal, width)


def _plain(rehearsal: Rehearsal, width: int) -> str:
    from quizkit.faces.plain import Plain

    out, look = io.StringIO(), Look(width, ascii=not can_unicode())
    face = Plain(_as_player(rehearsal), out, look, _no_editor)
    with suppress(_SeenError):
        face.play(_then_stop([rehearsal.right_answer() or "a"]))
    return out.getvalue().strip("\n")


def _jsonl(rehearsal: Rehearsal) -> str:
    from quizkit.faces import jsonl

    answer = rehearsal.right_answer()
    action = {"do": "mark", "answer": answer} if answer else {"do": "open_all"}
    out = io.StringIO()
    with suppress(_SeenError):
        jsonl.play(_as_player(rehearsal), _then_stop([json.dumps(action)]), out, _no_editor)
    return out.getvalue().rstrip("\n")


async def _full(rehearsal: Rehearsal, width: int) -> str:
    from quizkit.faces.tui.app import Sitting

    app = Sitting(_as_player(rehearsal), Settings())
    async with app.run_test(size=(width, _TALLEST)) as pilot:
        await pilot.pause()
        question = _rows(app.screen._compositor.render_strips())
        await app._act(_opening(rehearsal))
        await pilot.pause()
        return f"{question}\n\n{_rows(app.screen._compositor.render_strips())}"


def _opening(rehearsal: Rehearsal) -> Action:
    answer = rehearsal.right_answer()
    return Action(Do.MARK, answer=answer) if answer else Action(Do.OPEN_ALL)


def _rows(strips: Iterable[object]) -> str:
    """Return a screen's text; the empty space below a card is cut."""
    text = "\n".join(str(getattr(strip, "text", "")).rstrip() for strip in strips)
    return re.sub(r"\n{5,}", "\n\n\n", text).strip("\n")


def _then_stop(lines: Iterable[str]) -> Iterator[str]:
    yield from lines
    raise _SeenError


def _as_player(rehearsal: Rehearsal) -> Player:
    # the faces ask a player for what a rehearsal has: a card that is drawn is never edited nor judged
    return cast("Player", rehearsal)


def _no_editor(_file: str, _line: int) -> None:
    """Nobody edits a drawing."""
