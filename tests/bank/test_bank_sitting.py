"""A sitting over the whole packaged bank: each card in the order that teaches, and drawn."""

import asyncio
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from making import HandClock

from quizkit.bank.folders import Folder, packaged_folder
from quizkit.bank.library import Bank, Filters
from quizkit.bank.model import Question
from quizkit.faces import jsonl
from quizkit.faces.page import Look
from quizkit.faces.plain import Plain
from quizkit.faces.tui.app import Sitting
from quizkit.memory.log import Mode
from quizkit.player import Player, Request
from quizkit.session import Action, Do, Grade, Screen
from quizkit.settings import Settings
from quizkit.store import Store
from quizkit.view import View

WORDS = {Screen.QUESTION: "all", Screen.ANSWER: "4", Screen.MARKED: ""}
ACTIONS = {
    Screen.QUESTION: {"do": "open_all"},
    Screen.ANSWER: {"do": "grade", "grade": "easy"},
    Screen.MARKED: {"do": "next"},
}


def in_words(view: View, question: Question) -> str:
    return right_answer(view, question) if view.screen is Screen.ASKED else WORDS[view.screen]


def in_json(view: View, question: Question) -> str:
    marking = {"do": "mark", "answer": right_answer(view, question)} if view.screen is Screen.ASKED else {}
    return json.dumps(marking or ACTIONS[view.screen])


def right_answer(view: View, question: Question) -> str:
    """Answered wrong, a card would come back."""
    assert view.asked
    places = (str(place) for place, option in enumerate(view.asked.options, 1) if option.text == question.answer)
    return next(places, question.answer)


@pytest.fixture
def bank() -> Iterator[Bank]:
    with Bank.open([Folder(packaged_folder(), "packaged")], "") as opened:
        yield opened


@pytest.fixture
def player(bank: Bank, tmp_path: Path) -> Iterator[Player]:
    with Store.open(tmp_path / "home") as store:
        everything = Request(Mode.STUDY, Filters(), new=len(bank.ids()))
        yield Player(bank, store, Settings(), everything, HandClock())


def until_done(player: Player, bank: Bank, say: Callable[[View, Question], str]) -> Iterator[str]:
    before = None
    while (view := player.view()).screen is not Screen.DONE:
        assert view != before, "the sitting does not move on"
        yield say(view, bank.question(view.card))
        before = view


def no_editor(file: str, line: int) -> None:
    raise AssertionError((file, line))


def test_new_cards_come_behind_what_they_stand_on(bank: Bank, player: Player) -> None:
    order = [card for card in (player.session.current, *player.session.ahead) if card]
    assert sorted(order) == sorted(bank.ids())
    for place, card in enumerate(order):
        assert set(bank.question(card).after) <= set(order[:place]), card


def test_in_plain_lines_nothing_stands_there_undrawn(bank: Bank, player: Player) -> None:
    out = io.StringIO()
    Plain(player, out, Look(60), no_editor).play(until_done(player, bank, in_words))
    assert player.view().done == len(bank.ids())
    assert undrawn(out.getvalue()) == []


def undrawn(text: str) -> list[str]:
    """The lines that show what a card is written in; backticks belong to no card's code."""
    return [line for line in text.splitlines() if re.search(r"flowchart |\$\$|`|\ue000", line)]


def test_on_the_full_screen_nothing_stands_there_undrawn(bank: Bank, tmp_path: Path) -> None:
    """The hard cards only: with what they hold they stand for all, which would take minutes."""
    hard = Filters(difficulty="hard")
    with Store.open(tmp_path / "home") as store:
        player = Player(bank, store, Settings(), Request(Mode.STUDY, hard, new=len(bank.ids())), HandClock())
        assert asyncio.run(_undrawn_on_the_full_screen(player, bank)) == []
        assert player.view().done == len(bank.ids(hard))


async def _undrawn_on_the_full_screen(player: Player, bank: Bank) -> list[str]:
    app, found = Sitting(player, Settings()), []
    async with app.run_test(size=(60, 200)) as pilot:
        for _ in until_done(player, bank, in_words):
            view = app.shown
            if view.screen is Screen.ASKED:
                await app._act(Action(Do.MARK, answer=right_answer(view, bank.question(view.card))))
            elif view.screen is Screen.QUESTION:
                await app._act(Action(Do.OPEN_ALL))
            elif view.screen is Screen.ANSWER:
                await app._act(Action(Do.GRADE, grade=Grade.EASY))
            else:
                await app._act(Action(Do.NEXT))
            await pilot.pause()
            rows = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
            found += [f"{view.card}: {line}" for line in undrawn(rows)]
    return found


def test_another_program_gets_every_card(bank: Bank, player: Player) -> None:
    out = io.StringIO()
    jsonl.play(player, until_done(player, bank, in_json), out, no_editor)
    said = [json.loads(line) for line in out.getvalue().splitlines()]
    assert {answer["view"].get("card", "") for answer in said} - {""} == set(bank.ids())
    assert all(answer["view"]["layers"] for answer in said if answer["view"]["screen"] == "answer")
