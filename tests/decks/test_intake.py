"""What becomes of single cards on their way into the bank."""

from dataclasses import replace
from pathlib import Path

from quizkit.bank.values import LONGEST_ID
from quizkit.decks.deck import Deck, Found, Left
from quizkit.decks.intake import Outcome, take_in
from quizkit.decks.report import told
from quizkit.opening import opened


def card(question: str = "What is a stride?", **more: object) -> Found:
    return Found({"question": question, "technical_answer": "A step.", **more}, question)


def taken(*cards: Found) -> Outcome:
    with opened() as desk:
        return take_in(Deck(cards), desk, "deck.csv", "cnn")


def test_links_to_cards_of_the_bank_and_of_the_deck_stay_and_others_are_named(home: Path) -> None:
    first = card(id="stride", see_also=["relu", "padding", "nowhere"])
    outcome = taken(first, card("What is padding?", id="padding"))
    with opened() as desk:
        assert desk.bank.question("stride").see_also == ("relu", "padding")
    assert [one.what for one in outcome.left] == ["stride: nowhere"]


def test_two_cards_of_one_long_id_both_get_ids_that_the_check_takes(home: Path) -> None:
    name = "a" * LONGEST_ID
    outcome = taken(card(id=name), card("What is padding?", id=name))
    assert (outcome.added, outcome.left) == (2, ())


def test_a_card_that_breaks_a_rule_is_named_and_the_others_come_in(home: Path) -> None:
    outcome = taken(card(), card("What is padding?", difficulty="fair"))
    assert outcome.added == 1
    assert [one.what for one in outcome.left] == ["padding"]


def test_a_card_that_the_bank_has_keeps_the_banks_text_and_that_is_said(home: Path) -> None:
    taken(card())
    again = taken(card())
    other = taken(replace(card(), entry={**card().entry, "technical_answer": "Something else."}))
    assert (again.known, again.left) == (1, ())
    assert (other.known, [one.what for one in other.left]) == (1, ["stride"])
    with opened() as desk:
        assert desk.bank.question("stride").technical_answer == "A step."


def test_of_many_things_left_out_some_are_named_and_the_most_frequent_reason_first() -> None:
    left = (Left("flags", "one"), *(Left("links", str(number)) for number in range(10)))
    *_, links, flags = told(Outcome(None, 1, 0, 0, 0, 0, left), "cnn", as_json=False).splitlines()
    assert links == "  links: 0, 1, 2, 3, 4, 5, 6, 7, and 2 more (--json names all)"
    assert flags == "  flags: one"
