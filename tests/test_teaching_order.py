"""New cards come in the order that teaches: never one before what it stands on."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import HandClock

from quizkit.bank.folders import Folder
from quizkit.bank.library import Bank, Filters
from quizkit.memory.log import Grade, Mode
from quizkit.memory.queue import behind_what_they_stand_on
from quizkit.player import Player, Request
from quizkit.session import Action, Do
from quizkit.settings import Settings
from quizkit.store import Store

CARDS = [str(number) for number in range(12)]
# what a card stands on is among those that a hidden order puts before it, so that there is no circle
graphs = st.permutations(CARDS).flatmap(
    lambda order: st.fixed_dictionaries(
        {card: st.lists(st.sampled_from(order[:place] or [card]), max_size=3) for place, card in enumerate(order)}
    ).map(lambda graph: {card: [name for name in names if name != card] for card, names in graph.items()})
)
some_cards = st.lists(st.sampled_from(CARDS), unique=True)


def ordered(cards: list[str], graph: dict[str, list[str]], gone: Sequence[str] = ()) -> list[str]:
    return behind_what_they_stand_on(
        cards, lambda some: {card: graph.get(card, []) for card in some}, set(gone).intersection
    )


@given(some_cards, graphs, some_cards)
def test_every_card_comes_behind_all_that_it_stands_on_and_that_is_new(
    cards: list[str], graph: dict[str, list[str]], gone: list[str]
) -> None:
    cards = [card for card in cards if card not in gone]
    order = ordered(cards, graph, gone)
    assert len(set(order)) == len(order)
    assert set(cards) <= set(order) <= set(CARDS).difference(gone)
    for place, card in enumerate(order):
        assert set(graph[card]).difference(gone) <= set(order[:place])


@given(some_cards, st.dictionaries(st.sampled_from(CARDS), some_cards))
def test_cards_in_circles_are_all_there(cards: list[str], graph: dict[str, list[str]]) -> None:
    order = ordered(cards, graph)
    assert len(set(order)) == len(order)
    assert set(cards) <= set(order)


@given(some_cards, graphs, st.integers(0, 12))
def test_what_comes_tomorrow_does_not_depend_on_where_today_ended(
    cards: list[str], graph: dict[str, list[str]], learned: int
) -> None:
    order = ordered(cards, graph)
    seen = order[:learned]
    assert ordered([card for card in cards if card not in seen], graph, seen) == order[learned:]


def test_cards_that_stand_on_nothing_keep_the_order_of_the_bank() -> None:
    assert ordered(["c", "a", "b"], {}) == ["c", "a", "b"]


def test_a_chain_may_be_of_any_length() -> None:
    chain = {str(number): [str(number + 1)] for number in range(3000)}
    assert ordered(["0"], chain) == [str(number) for number in range(3000, -1, -1)]


# -- in a sitting -----------------------------------------------------------------------------------------------------

BASICS = """
questions:
  - {id: relu, question: W, simple_answer: S, after: [derivative], tags: [gates]}
  - {id: gelu, question: W, simple_answer: S, after: [relu], tags: [gates]}
"""
CALCULUS = """
questions:
  - {id: limit, question: W, simple_answer: S}
  - {id: derivative, question: W, simple_answer: S, after: [limit]}
"""


class Room:
    """A bank of two topics, the later of which teaches what the earlier one stands on."""

    def __init__(self, folder: Path) -> None:
        for topic, text in (("activations", BASICS), ("calculus", CALCULUS)):
            (folder / "bank" / topic).mkdir(parents=True)
            (folder / "bank" / topic / "cards.yaml").write_text(text, "utf-8")
        self.bank = Bank.open([Folder(str(folder / "bank"))], "")
        self.store = Store.open(folder / "home")

    def sit(self, filters: Filters | None = None, **request: int) -> Player:
        wanted = Request(Mode.STUDY, filters or Filters(), **request)
        return Player(self.bank, self.store, Settings(), wanted, HandClock())


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.bank.close()
    made.store.close()


def order(player: Player) -> list[str]:
    return [card for card in (player.session.current, *player.session.ahead) if card]


def learn(player: Player) -> None:
    player.act(Action(Do.OPEN))
    player.act(Action(Do.GRADE, Grade.EASY))


def test_what_cards_stand_on_is_learned_first_also_across_topics(room: Room) -> None:
    assert order(room.sit()) == ["limit", "derivative", "relu", "gelu"]
    assert order(room.sit(new=2)) == ["limit", "derivative"]


def test_a_sitting_goes_on_where_the_last_one_ended(room: Room) -> None:
    learn(room.sit(new=1))
    assert order(room.sit(new=2)) == ["derivative", "relu"]


def test_who_filters_gets_the_cards_asked_for_in_the_order_that_teaches(room: Room) -> None:
    assert order(room.sit(Filters(topics=("activations",)))) == ["relu", "gelu"]
    assert order(room.sit(Filters(tags=("gates",)))) == ["relu", "gelu"]
    assert order(room.sit(Filters(topics=("calculus",)))) == ["limit", "derivative"]


@pytest.mark.parametrize("do", [Do.SKIP, Do.SUSPEND])
def test_a_card_that_was_put_away_holds_nothing_back(room: Room, do: Do) -> None:
    room.sit().act(Action(do))
    assert order(room.sit()) == ["derivative", "relu", "gelu"]


def test_cards_of_a_circle_are_still_offered(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "bank" / "calculus" / "cards.yaml"
    path.write_text(CALCULUS.replace("{id: limit,", "{id: limit, after: [relu],"), "utf-8")
    room.bank.refresh()
    assert sorted(order(room.sit())) == ["derivative", "gelu", "limit", "relu"]
