"""A sitting over the whole packaged bank: each card in the order that teaches, and drawn."""

import io
import json
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
from quizkit.memory.log import Mode
from quizkit.player import Player, Request
from quizkit.session import Screen
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
    assert [line for line in out.getvalue().splitlines() if "flowchart " in line or "$$" in line] == []


def test_another_program_gets_every_card(bank: Bank, player: Player) -> None:
    out = io.StringIO()
    jsonl.play(player, until_done(player, bank, in_json), out, no_editor)
    said = [json.loads(line) for line in out.getvalue().splitlines()]
    assert {answer["view"].get("card", "") for answer in said} - {""} == set(bank.ids())
    assert all(answer["view"]["layers"] for answer in said if answer["view"]["screen"] == "answer")
