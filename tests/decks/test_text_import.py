import json
from pathlib import Path

import pytest
from commands import quizkit
from hypothesis import given
from hypothesis import strategies as st

from quizkit.decks.deck import Deck
from quizkit.decks.text_import import csv_deck, markdown_deck, read_text
from quizkit.errors import UsageProblem


def pairs(deck: Deck) -> list[tuple[str, str]]:
    return [(card.question, card.entry.get("technical_answer", "")) for card in deck.cards]


CSV = {
    "a header": 'question,answer\nWhat is a cat?,"An animal,\nwith whiskers"\n',
    "a header in other words": 'Back;Front\n"An animal,\nwith whiskers";What is a cat?\n',
    "no header": 'What is a cat?\t"An animal,\nwith whiskers"\n',
    "a separator that is named": '#separator:pipe\nWhat is a cat?|"An animal,\nwith whiskers"\n',
    "what Anki writes": '#separator:semicolon\n#html:true\nWhat is a cat?;"An animal,<br>with whiskers"\n',
}


@pytest.mark.parametrize("name", CSV)
def test_csv_is_read_with(name: str) -> None:
    ((question, answer),) = pairs(csv_deck(CSV[name], "cards.csv"))
    assert question == "What is a cat?"
    assert answer.replace("\\\n", "\n") == "An animal,\nwith whiskers"


def test_tags_difficulty_and_ids_have_columns_of_their_own() -> None:
    text = "id,question,answer,tags,difficulty,colour\ncat,Who?,It,pets small,easy,grey\n,Why?,,,,\n"
    deck = csv_deck(text, "cards.csv")
    assert [card.entry for card in deck.cards] == [
        {"id": "cat", "question": "Who?", "technical_answer": "It", "tags": ["pets", "small"], "difficulty": "easy"}
    ]
    assert {one.reason: one.what for one in deck.left} == {
        "rows without a question or without an answer": "row 2",
        "columns that name nothing a question has": "column 6",
    }


def test_the_columns_of_anki_that_have_no_place_are_named() -> None:
    text = "#separator:tab\n#html:false\n#guid column:1\n#tags column:4\nx1\tWho?\tIt <is>\ta b\n"
    deck = csv_deck(text, "cards.txt")
    assert pairs(deck) == [("Who?", "It <is>")]
    assert deck.cards[0].entry["tags"] == ["a", "b"]
    assert [one.what for one in deck.left] == ["column 1"]


def test_a_file_without_answers_is_refused() -> None:
    with pytest.raises(UsageProblem, match="no columns called question and answer"):
        csv_deck("question,colour\na,b\n", "cards.csv")


def test_a_second_answer_goes_on_with_the_first() -> None:
    assert pairs(markdown_deck("Q: Who?\nA: Me.\nA: And you.\n", "notes.md")) == [("Who?", "Me.\nA: And you.")]


NOTES = """\
# Pets

Q: Who purrs?
A: A cat.

It does so
when it likes:

```
Q: this is code
```
Q: Who barks?
Loudly?
A: A dog.
---
not a card
Q: Who is left?
C: The [cat] purrs.
"""


def test_questions_and_answers_may_go_on_over_lines_and_hold_code() -> None:
    deck = markdown_deck(NOTES, "notes.md")
    assert pairs(deck) == [
        ("Who purrs?", "A cat.\n\nIt does so\nwhen it likes:\n\n```\nQ: this is code\n```"),
        ("Who barks?\nLoudly?", "A dog."),
    ]
    assert [(one.reason, one.what) for one in deck.left] == [
        ("questions without an answer", "line 17"),
        ("cloze lines (C:): write them as Q: and A:", "line 18"),
    ]


words = st.text("abc é*_#\\", min_size=1).map(str.strip).filter(bool)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5))
def test_what_is_written_as_q_and_a_is_read_back(cards: list[tuple[str, str]]) -> None:
    text = "\n".join(f"Q: {question}\nA: {answer}\n" for question, answer in cards)
    assert pairs(markdown_deck(text, "notes.md")) == cards


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (csv_deck, markdown_deck):
        try:
            read(text, "x")
        except UsageProblem as refused:
            assert refused.message.startswith("x ")


def test_a_file_of_bytes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(b"Q: a\nA: \xff\xe9\n")
    with pytest.raises(UsageProblem, match=r"notes\.md:2: this is not UTF-8"):
        read_text(path)
    path.write_bytes("Q: é".encode("utf-16"))
    assert read_text(path) == "Q: é"


# -- the commands -----------------------------------------------------------------------------------------------------


def test_notes_become_questions_and_go_to_anki_and_come_back(environment: dict[str, str], tmp_path: Path) -> None:
    notes, package = tmp_path / "notes.md", tmp_path / "deck.apkg"
    notes.write_text(NOTES)
    taken = quizkit(environment, "import", "markdown", notes, "--topic", "pets")
    assert taken.stdout.startswith("2 questions added to pets: ")
    assert "questions without an answer: line 17" in taken.stdout
    assert quizkit(environment, "bank", "check").returncode == 0
    given = quizkit(environment, "export", "anki", package, "pets")
    assert given.stdout == f"2 notes: {package}. In Anki: File, Import.\n"
    again = quizkit(environment, "import", "anki", package, "--topic", "pets", "--json")
    assert {name: json.loads(again.stdout)[name] for name in ("added", "known", "left")} == {
        "added": 0, "known": 2, "left": {},
    }  # fmt: skip


def test_a_refused_package_ends_with_a_sentence_and_exit_code_2(environment: dict[str, str], tmp_path: Path) -> None:
    package = tmp_path / "deck.apkg"
    package.write_bytes(b"no zip file")
    for arguments in (("anki", package), ("anki", tmp_path / "missing"), ("csv", tmp_path / "missing")):
        refused = quizkit(environment, "import", *arguments, "--topic", "pets")
        assert refused.returncode == 2
        assert refused.stderr.count("\n") == 1


def test_cards_that_break_a_rule_are_named_and_the_others_taken(environment: dict[str, str], tmp_path: Path) -> None:
    cards = tmp_path / "cards.csv"
    cards.write_text("question,answer,difficulty,see_also\nWho?,It,easy,nobody\nWhy?,Because,strange,\n")
    taken = quizkit(environment, "import", "csv", cards, "--topic", "pets", "--json")
    outcome = json.loads(taken.stdout)
    assert outcome["added"] == 1
    assert outcome["left"]["links to questions that are not in your banks"] == ["who: nobody"]
    assert any("difficulty" in reason for reason in outcome["left"])
