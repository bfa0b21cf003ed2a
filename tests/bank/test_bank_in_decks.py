"""Questions through an Anki package and back, without Anki between: every question that a bank can hold."""

from dataclasses import replace
from pathlib import Path

import pytest
from bank_strategies import questions
from hypothesis import given, settings

from quizkit.bank.model import Question
from quizkit.bank.reader import read
from quizkit.decks import archive, collection
from quizkit.decks.anki_export import export
from quizkit.decks.anki_import import deck_of
from quizkit.decks.entries import bank_file, entry_of


def bare(question: Question) -> Question:
    return replace(question, topic="", file="", line=0)


@given(questions())
def test_a_question_written_as_yaml_is_read_back_unchanged(question: Question) -> None:
    reading = read(bank_file([entry_of(question)], "test"), "", "")
    assert reading.problems == ()
    assert [bare(one) for one in reading.questions] == [bare(question)]


@settings(max_examples=40)
@given(question=questions())
def test_a_question_comes_back_from_a_package_unchanged(
    question: Question, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder: Path = tmp_path_factory.mktemp("package")
    export([question], folder / "deck.apkg", 1_760_000_000)
    with archive.opened(folder / "deck.apkg") as package:
        package.unpack_collection(folder / "unpacked")
    (card,) = deck_of(collection.read(folder / "unpacked", "deck.apkg")).cards
    assert card.entry == entry_of(question)
