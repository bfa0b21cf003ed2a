"""A sitting over the whole packaged bank: each card in the order that teaches, and drawn."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from making import HandClock

from quizkit.bank.folders import Folder, packaged_folder
from quizkit.bank.library import Bank, Filters
from quizkit.faces import jsonl
from quizkit.faces.page import Look
from quizkit.faces.plain import Plain
from quizkit.memory.log import Mode
from quizkit.player import Player, Request
from quizkit.session import Screen
from quizkit.settings import Settings
from quizkit.store import Store

WORDS = {Screen.QUESTION: "all", Screen.ANSWER: "4", Screen.ASKED: "1", Screen.MARKED: ""}
ACTIONS = {
    Screen.QUESTION: {"do": "open_all"},
    Screen.ANSWER: {"do": "grade", "grade": "easy"},
    Screen.ASKED: {"do": "mark", "answer": "1"},
    Screen.MARKED: {"do": "next"},
}


@pytest.fixture
def bank() -> Iterator[Bank]:
    with Bank.open([Folder(packaged_folder(), "packaged")], "") as opened:
        yield opened


@pytest.fixture
def player(bank: Bank, tmp_path: Path) -> Iterator[Player]:
    with Store.open(tmp_path / "home") as store:
        everything = Request(Mode.STUDY, Filters(), new=len(bank.ids()))
        yield Player(bank, store, Settings(), everything, HandClock())


def until_done(player: Player, answers: dict[Screen, str]) -> Iterator[str]:
    while (screen := player.view().screen) is not Screen.DONE:
        yield answers[screen]


def no_editor(file: str, line: int) -> None:
    raise AssertionError((file, line))


def test_new_cards_come_behind_what_they_stand_on(bank: Bank, player: Player) -> None:
    order = [card for card in (player.session.current, *player.session.ahead) if card]
    assert sorted(order) == sorted(bank.ids())
    for place, card in enumerate(order):
        assert set(bank.question(card).after) <= set(order[:place]), card


def test_in_plain_lines_nothing_stands_there_undrawn(bank: Bank, player: Player) -> None:
    out = io.StringIO()
    Plain(player, out, Look(60), no_editor).play(until_done(player, WORDS))
    assert player.view().done == len(bank.ids())
    assert [line for line in out.getvalue().splitlines() if "flowchart " in line or "$$" in line] == []


def test_another_program_gets_every_card(bank: Bank, player: Player) -> None:
    out = io.StringIO()
    actions = {screen: json.dumps(action) for screen, action in ACTIONS.items()}
    jsonl.play(player, until_done(player, actions), out, no_editor)
    said = [json.loads(line) for line in out.getvalue().splitlines()]
    assert {answer["view"].get("card", "") for answer in said} - {""} == set(bank.ids())
    assert all(answer["view"]["layers"] for answer in said if answer["view"]["screen"] == "answer")
