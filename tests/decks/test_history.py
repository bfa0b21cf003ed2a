"""Reviews from elsewhere take their places among those made here, whenever they come in."""

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import MODEL, NOON

from quizkit.decks.deck import Deck, Found, Past
from quizkit.decks.intake import take_in
from quizkit.memory.log import Event, Grade, Kind, Mode
from quizkit.memory.state import NEW, replay
from quizkit.opening import open_bank, opened
from quizkit.store import Store

DAY_MS = 86_400_000
CARD, OTHER = "dying-relu", "relu"
DAYS = st.lists(st.integers(1, 400), max_size=6, unique=True)
GRADES = st.sampled_from(Grade)


def answered(card: str, day: int, grade: Grade = Grade.GOOD) -> Event:
    return Event(f"{card} {day}", Kind.REVIEW, card, NOON + day * DAY_MS, 0, "here", Mode.STUDY, grade, 1000)


def from_anki(card: str, days: list[int], grade: Grade = Grade.GOOD, suspended_day: int | None = None) -> Deck:
    with opened() as desk:
        question = desk.bank.question(card).question
    past = tuple(Past(NOON + day * DAY_MS + 1, grade, 1000, counts=True) for day in sorted(days))
    since = None if suspended_day is None else NOON + suspended_day * DAY_MS
    return Deck((Found({"id": card, "question": question, "technical_answer": "…"}, card, (), past, since),))


def take(deck: Deck) -> None:
    with opened() as desk:
        take_in(deck, desk, "deck.apkg", "mine", with_history=True)


def test_a_review_made_in_anki_before_one_made_here_is_replayed_before_it(home: Path) -> None:
    with Store.open(home) as store:
        store.append([answered(OTHER, 5), answered(CARD, 30, Grade.AGAIN)], MODEL)
    take(from_anki(CARD, [1, 4, 14]))
    with Store.open(home) as store:
        history = store.history(CARD)
        assert [event.at_ms for event in history] == sorted(event.at_ms for event in history)
        assert store.state(CARD) == replay(MODEL, CARD, sorted(history, key=lambda event: event.at_ms))
        assert store.state(CARD).lapses == 1


ANSWERS = st.dictionaries(st.tuples(st.integers(1, 400), st.sampled_from([CARD, OTHER])), GRADES, max_size=5)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose bank was read: that takes longer than the rest of an example."""
    folder = tmp_path_factory.mktemp("indexed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUIZKIT_HOME", str(folder))
        open_bank().close()
    return folder


@settings(max_examples=30)
@given(before=ANSWERS, since=ANSWERS, imports=st.lists(st.tuples(DAYS, GRADES), min_size=1, max_size=3))
def test_whenever_it_comes_in_the_states_are_those_of_a_replay_in_true_order(indexed, before, since, imports) -> None:  # type: ignore[no-untyped-def]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUIZKIT_HOME", folder)
        shutil.copytree(indexed, folder, dirs_exist_ok=True)
        answer_all(Path(folder), before)
        for days, grade in imports:
            take(from_anki(CARD, days, grade))
        answer_all(Path(folder), {(400 + day, card): grade for (day, card), grade in since.items()})
        with Store.open(Path(folder)) as store:
            for card in (CARD, OTHER):
                in_true_order = sorted(store.history(card), key=lambda event: (event.at_ms, event.uid))
                assert store.state(card) == replay(MODEL, card, in_true_order)


def answer_all(home: Path, answers: dict[tuple[int, str], Grade]) -> None:
    with Store.open(home) as store:
        for (day, card), grade in sorted(answers.items()):
            store.append([answered(card, day, grade)], MODEL)


def test_undo_still_takes_back_the_last_answer_given_here(home: Path) -> None:
    last = answered(OTHER, 30)
    with Store.open(home) as store:
        store.append([last], MODEL)
    take(from_anki(CARD, [1, 4]))
    with Store.open(home) as store:
        assert store.last_standing() == last


def test_a_card_put_away_in_anki_and_taken_up_here_later_stays_in_use(home: Path) -> None:
    resumed = Event("resumed", Kind.RESUME, CARD, NOON + 9 * DAY_MS, 0, "here", Mode.STUDY)
    with Store.open(home) as store:
        store.append([resumed], MODEL)
    take(from_anki(CARD, [1], suspended_day=5))
    with Store.open(home) as store:
        assert not store.state(CARD).suspended
        assert store.state(CARD) != NEW


def test_a_card_that_was_renamed_since_gets_the_reviews_under_its_present_id(home: Path) -> None:
    deck = from_anki(CARD, [1, 4])
    (home / "questions" / "cnn").mkdir(parents=True)
    renamed = "questions:\n  - id: rectified\n    was: [rectifier]\n    question: What?\n    simple_answer: So.\n"
    (home / "questions" / "cnn" / "one.yaml").write_text(renamed, "utf-8")
    (card,) = deck.cards
    take(Deck((replace(card, entry={**card.entry, "id": "rectifier"}),)))
    with opened() as desk:
        assert desk.store.state("rectified").reviews == 2
        assert desk.bank.get("rectifier-2") is None


def test_two_machines_that_take_in_the_same_deck_have_the_same_log(tmp_path: Path, home: Path) -> None:
    deck = from_anki(CARD, [1, 4, 14])
    logs = []
    for number, here in enumerate(([answered(CARD, 2)], [answered(OTHER, 30)])):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("QUIZKIT_HOME", str(tmp_path / str(number)))
            with Store.open(tmp_path / str(number)) as store:
                store.append(here, MODEL)
            take(deck)
        with Store.open(tmp_path / str(number)) as store:
            logs.append({entry for entry in store.entries() if entry.event not in here})
    assert logs[0] == logs[1]
    assert len(logs[0]) == 3
