from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from anki_beside import Anki, needs_anki
from making import MODEL, question

from quizkit.bank.model import Question
from quizkit.decks import archive, collection
from quizkit.decks.anki_export import export, next_stamp
from quizkit.decks.anki_import import deck_of
from quizkit.decks.deck import Deck
from quizkit.decks.intake import Outcome, take_in
from quizkit.memory.log import Event, Grade, Kind, Mode
from quizkit.memory.state import replay
from quizkit.opening import opened

DAY_MS = 86_400_000
THEN = 1_700_000_000_000
PAST = [
    (THEN, 1, 0, 0),
    (THEN + 600_000, 3, 0, 2500),
    (THEN + DAY_MS, 3, 1, 2500),
    (THEN + 5 * DAY_MS, 1, 1, 2500),
    (THEN + 5 * DAY_MS + 600_000, 3, 2, 2300),
    (THEN + 9 * DAY_MS, 4, 1, 2450),
]


@pytest.fixture
def anki(tmp_path: Path) -> Anki:
    return Anki(tmp_path / "anki")


@contextmanager
def read(package: Path) -> Iterator[tuple[Deck, archive.Archive]]:
    unpacked = package.with_suffix(".unpacked")
    with archive.opened(package) as opened_package:
        opened_package.unpack_collection(unpacked)
        yield deck_of(collection.read(unpacked, package.name)), opened_package


def taken(package: Path, with_history: bool = True) -> Outcome:
    with read(package) as (deck, file), opened() as desk:
        return take_in(deck, desk, package.name, "pets", with_history, file.read_media)


def given(anki: Anki, package: Path, *, legacy: bool = False) -> Path:
    anki.do(("give", package, legacy))
    return package


def texts(outcome: Outcome) -> dict[str, tuple[str, str]]:
    with opened() as desk:
        found = (desk.bank.question(name) for name in desk.bank.ids() if desk.bank.question(name).topic == "pets")
        return {one.question: (one.technical_answer, " ".join(one.tags)) for one in found}


NOTES = (
    ("add", "Basic", ["What is <b>2 &lt; 3</b>?", "<ul><li>true</li><li>\\(2 < 3\\)</li></ul>"], ["maths::order"]),
    ("add", "Basic (and reversed card)", ["cat", "chat"]),
    ("add", "Cloze", ["The {{c1::cat}} sat on the {{c2::mat::where}}.", "A <i>rhyme</i>."], [], "Poems::Rhymes"),
    ("add", "Basic", ['<img src="cat one.png"> [sound:purr.mp3]', "A cat."]),
    ("add", "Basic", ["Nothing follows", ""]),
    ("media", "cat one.png", "a picture"),
)


@needs_anki
@pytest.mark.parametrize("legacy", [False, True], ids=["new format", "old format"])
def test_every_kind_of_note_becomes_a_question_that_passes_the_check(anki: Anki, tmp_path: Path, legacy: bool) -> None:
    anki.do(*NOTES)
    outcome = taken(given(anki, tmp_path / "deck.apkg", legacy=legacy))
    assert texts(outcome) == {
        "What is **2 \\< 3**?": ("- true\n- $2 < 3$", "maths::order deck::Default"),
        "cat": ("chat", "deck::Default"),
        "chat": ("cat", "deck::Default"),
        "The \\[…\\] sat on the mat.": ("The **cat** sat on the mat.\\\nA *rhyme*.", "deck::Poems::Rhymes"),
        "The cat sat on the \\[where\\].": ("The cat sat on the **mat**.\\\nA *rhyme*.", "deck::Poems::Rhymes"),
        "![cat one.png](<media/cat one.png>) (sound: purr.mp3)": ("A cat.", "deck::Default"),
    }
    assert outcome.file
    assert (outcome.file.parent / "media" / "cat one.png").read_text() == "a picture"
    with opened() as desk:
        assert desk.bank.problems == ()


@needs_anki
def test_what_cannot_be_carried_is_named(anki: Anki, tmp_path: Path) -> None:
    anki.do(*NOTES)
    left = taken(given(anki, tmp_path / "deck.apkg")).left
    reasons = {one.reason: one.what for one in left}
    assert set(reasons) == {
        "cards with an empty answer",
        "pictures and sounds that the package does not hold",
        "the look of a note type (colours, scripts)",
    }
    assert reasons["pictures and sounds that the package does not hold"] == "purr.mp3"


@needs_anki
def test_a_field_that_no_card_shows_and_a_flag_are_named(anki: Anki, tmp_path: Path) -> None:
    anki.do(("new_field", "Basic", "Source"), ("new_field", "Basic", "Empty"))
    ((card,),) = anki.do(("add", "Basic", ["Who?", "Me.", "a book", ""]))
    anki.do(("flag", card))
    named = {(one.reason, one.what) for one in taken(given(anki, tmp_path / "deck.apkg")).left}
    look = ("the look of a note type (colours, scripts)", "Basic")
    assert named == {look, ("fields that no card shows", "Basic: Source"), ("coloured flags", "of 1 cards")}


@needs_anki
def test_intervals_after_the_import_are_those_of_a_replay_of_ankis_log(anki: Anki, tmp_path: Path) -> None:
    (first,), second = anki.do(NOTES[0], NOTES[1])
    anki.do(("log", first, PAST), ("log", second[0], [(at + 7, *rest) for at, *rest in PAST[:3]]), ("answer", 2))
    told = anki.dump()["log"]
    outcome = taken(given(anki, tmp_path / "deck.apkg"))
    assert (outcome.reviews, outcome.cards_with_reviews) == (
        len(told),
        len({(note, card) for _, note, card, *_ in told}),
    )
    by_card: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for at_ms, note, card, ease, _ in told:
        by_card.setdefault((note, card), []).append((at_ms, ease))
    with opened() as desk:
        states = [state for state in desk.store.states().values() if state.reviews]
        histories = {
            tuple((one.at_ms, int(one.grade or 0)) for one in desk.store.history(name)): name
            for name in desk.store.states()
        }
        for past in by_card.values():
            name = histories[tuple(past)]
            assert desk.store.state(name) == replay(MODEL, name, [review(name, *one) for one in past])
    assert len(states) == len(by_card)


def review(card: str, at_ms: int, ease: int, mode: Mode = Mode.STUDY) -> Event:
    return Event(f"{at_ms}", Kind.REVIEW, card, at_ms, 0, "", mode, Grade(ease), 0)


@needs_anki
def test_reviews_before_a_reset_and_previews_are_kept_and_move_nothing(anki: Anki, tmp_path: Path) -> None:
    ((card,),) = anki.do(NOTES[0])
    reset, preview, moved = (THEN + 2 * DAY_MS, 0, 4, 0), (THEN + 6 * DAY_MS, 3, 3, 0), (THEN + 7 * DAY_MS, 0, 4, 2500)
    anki.do(("log", card, [*PAST[:3], reset, *PAST[3:5], preview, moved]), ("suspend", card))
    outcome = taken(given(anki, tmp_path / "deck.apkg"))
    by_hand = [one.what for one in outcome.left if one.reason == "due dates that were set without a review"]
    assert by_hand == ["1 entries of the log"]
    with opened() as desk:
        ((name, state),) = desk.store.states().items()
        assert len(desk.store.history(name)) == 7
        counting = replay(MODEL, name, [review(name, at, ease) for at, ease, *_ in PAST[3:5]])
        assert state == replace(counting, suspended=True)


@needs_anki
def test_doing_it_again_changes_nothing(anki: Anki, tmp_path: Path) -> None:
    ((card,), *_) = anki.do(*NOTES)
    anki.do(("log", card, PAST))
    package = given(anki, tmp_path / "deck.apkg")
    first, again, old = taken(package), taken(package), taken(given(anki, tmp_path / "old.apkg", legacy=True))
    assert (first.added, first.reviews) == (6, 6)
    assert (again.added, again.known, again.reviews, again.file) == (old.added, old.known, old.reviews, old.file)
    assert (again.added, again.known, again.reviews, again.file) == (0, 6, 0, None)


@needs_anki
def test_without_history_the_reviews_stay_behind_and_that_is_said(anki: Anki, tmp_path: Path) -> None:
    ((card,),) = anki.do(NOTES[0])
    anki.do(("log", card, PAST), ("suspend", card))
    outcome = taken(given(anki, tmp_path / "deck.apkg"), with_history=False)
    assert outcome.reviews == 0
    assert {
        ("reviews (--with-history takes them along)", "6 of 1 cards"),
        ("suspension (--with-history takes it along)", "of 1 cards"),
    } <= {(one.reason, one.what) for one in outcome.left}
    with opened() as desk:
        assert desk.store.is_empty()


# -- our own questions, there and back --------------------------------------------------------------------------------

OWN = [
    question("purring", tags=("a tag", "cat"), companies=("Acme",), diagram="flowchart TD\n  A --> B"),
    question("meowing", see_also=("purring",), technical_answer="$$\\nabla f$$\n\n```python\nx = 1\n```"),
]


def through_anki(anki: Anki, tmp_path: Path, questions: list[Question], *changes: tuple[object, ...]) -> Path:
    package = tmp_path / "there.apkg"
    export(questions, package, next_stamp(tmp_path, 1_760_000_000))
    anki.do(("take", package), *changes)
    return given(anki, tmp_path / "back.apkg")


@needs_anki
def test_questions_come_back_from_anki_as_they_were(anki: Anki, tmp_path: Path) -> None:
    outcome = taken(through_anki(anki, tmp_path, OWN))
    assert (outcome.added, outcome.left) == (2, ())
    with opened() as desk:
        back = [desk.bank.question(one.id) for one in OWN]
    assert [replace(one, topic="", file="", line=0) for one in back] == [
        replace(one, topic="", file="", line=0) for one in OWN
    ]


@needs_anki
def test_what_was_edited_in_anki_comes_back_edited(anki: Anki, tmp_path: Path) -> None:
    through_anki(anki, tmp_path, OWN)
    note = next(one["id"] for one in anki.dump()["notes"] if one["fields"]["Id"] == "purring")
    anki.do(("edit", note, "In short", "It <b>rumbles</b>."), ("edit", note, "Traps", "none"))
    outcome = taken(given(anki, tmp_path / "edited.apkg"))
    with opened() as desk:
        back = desk.bank.question("purring")
    assert back.simple_answer == "It **rumbles**."
    assert back.mistakes == OWN[0].mistakes
    assert [one.what for one in outcome.left] == ["purring: Traps"]


@needs_anki
def test_reviews_made_in_anki_go_to_the_question_in_the_bank(anki: Anki, tmp_path: Path) -> None:
    with opened() as desk:
        asked = desk.bank.question("dying-relu")
    package = through_anki(anki, tmp_path, [asked], ("answer", 3))
    outcome = taken(package)
    assert (outcome.added, outcome.known, outcome.reviews) == (0, 1, 1)
    with opened() as desk:
        assert desk.store.state("dying-relu").reviews == 1
