from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st
from making import MODEL, NOON

from quizkit.memory.fsrs6 import Fsrs6
from quizkit.memory.log import Event, Grade, Kind, Mode
from quizkit.memory.spread import permitted_range, spread
from quizkit.memory.state import NEW, CardState, Phase, replay

GRADES = st.sampled_from(Grade)
HISTORIES = st.lists(st.tuples(GRADES, st.integers(0, 60)), min_size=1, max_size=12)
DAY_MS = 86_400_000


def events(history: list[tuple[Grade, int]], mode: Mode = Mode.STUDY) -> list[Event]:
    made, day = [], 0
    for number, (grade, gap) in enumerate(history):
        day += gap
        made.append(Event(f"e{number}", Kind.REVIEW, "card", NOON + day * DAY_MS, 0, "s", mode, grade, 1000))
    return made


def undo(event: Event) -> Event:
    return Event(f"undo-{event.uid}", Kind.UNDO, event.card, event.at_ms, 0, "s", Mode.STUDY, undoes=event.uid)


@given(HISTORIES)
def test_stability_and_difficulty_are_the_fsrs_packages_own(history: list[tuple[Grade, int]]) -> None:
    scheduler = Scheduler(
        learning_steps=[timedelta(minutes=10)], relearning_steps=[timedelta(minutes=10)], enable_fuzzing=False
    )
    card, at = Card(card_id=1), datetime(2026, 1, 1, 12, tzinfo=UTC)
    for grade, gap in history:
        at += timedelta(days=gap)
        card, _ = scheduler.review_card(card, Rating(grade), at)
    state = replay(MODEL, "card", events(history))
    assert (state.stability, state.difficulty, state.step) == (card.stability, card.difficulty, card.step)
    assert state.phase == card.state.name.lower()


@given(HISTORIES, GRADES, st.integers(0, 400))
def test_a_better_grade_never_shortens_the_memory(history: list[tuple[Grade, int]], _: Grade, gap: int) -> None:
    states = [replay(MODEL, "card", events([*history, (grade, gap)])) for grade in Grade]
    stabilities = [state.stability or 0 for state in states]
    assert stabilities == sorted(stabilities)
    due = [state.due_day for state in states if state.due_day is not None]
    assert due == sorted(due)


@given(HISTORIES, st.data())
def test_undoing_answers_leaves_the_state_of_the_others(history: list[tuple[Grade, int]], data: st.DataObject) -> None:
    log = events(history)
    gone = data.draw(st.sets(st.sampled_from(range(len(log)))))
    kept = [event for number, event in enumerate(log) if number not in gone]
    assert replay(MODEL, "card", [*log, *(undo(log[number]) for number in gone)]) == replay(MODEL, "card", kept)


@given(HISTORIES)
def test_cramming_moves_nothing(history: list[tuple[Grade, int]]) -> None:
    assert replay(MODEL, "card", events(history, Mode.CRAM)) == NEW


@given(HISTORIES)
def test_a_clock_that_was_set_back_does_no_harm(history: list[tuple[Grade, int]]) -> None:
    backwards = events(history)[::-1]
    state = replay(MODEL, "card", backwards)
    assert state.stability is not None
    assert state.stability > 0
    if state.due_day is not None:
        assert state.due_day > backwards[-1].day


def test_the_day_counts_from_four_in_the_morning_not_from_the_hour_of_the_review() -> None:
    late = NOON + 15 * 3_600_000  # 03:00 of the night
    first = Event("a", Kind.REVIEW, "card", late, 0, "s", Mode.STUDY, Grade.EASY, 1)
    state = replay(MODEL, "card", [first])
    assert state.last_day == NOON // DAY_MS


def test_a_lapse_is_forgetting_what_was_learned() -> None:
    forgotten_at_once = replay(MODEL, "card", events([(Grade.AGAIN, 0), (Grade.AGAIN, 0)]))
    forgotten_later = replay(MODEL, "card", events([(Grade.GOOD, 0), (Grade.AGAIN, 3)]))
    assert (forgotten_at_once.lapses, forgotten_later.lapses) == (0, 1)
    assert forgotten_later.phase is Phase.RELEARNING


def test_a_leech_has_lapsed_as_often_as_the_threshold() -> None:
    state = CardState(lapses=8)
    assert state.is_leech(8)
    assert not state.is_leech(9)
    assert not state.is_leech(0)


def test_without_learning_steps_the_first_answer_gives_a_day() -> None:
    state = replay(Fsrs6(learning_steps=(), relearning_steps=()), "card", events([(Grade.AGAIN, 0)]))
    assert state.due_day is not None
    assert state.due_ms is None


@given(st.floats(0.7, 0.99), HISTORIES)
def test_a_higher_desired_retention_never_asks_later(retention: float, history: list[tuple[Grade, int]]) -> None:
    strict = replay(Fsrs6(0.99), "card", events(history))
    lax = replay(Fsrs6(retention), "card", events(history))
    assert strict.stability == lax.stability
    if strict.due_day is not None and lax.due_day is not None:
        assert strict.due_day <= lax.due_day


# -- spreading --------------------------------------------------------------------------------------------------------

INTERVALS = st.integers(1, 3650)


@given(INTERVALS, st.text(max_size=8), st.integers(0, 99))
def test_a_spread_interval_stays_in_its_range(interval: int, card: str, reviews: int) -> None:
    first, last = permitted_range(interval, 3650)
    assert first <= interval <= last or interval > 3650
    assert first <= spread(interval, 3650, card, reviews) <= last <= 3650


@given(INTERVALS, INTERVALS, st.text(max_size=8))
def test_a_longer_ideal_interval_is_never_spread_to_a_shorter_one(one: int, other: int, card: str) -> None:
    short, long = sorted((one, other))
    assert spread(short, 3650, card, 3) <= spread(long, 3650, card, 3)


def test_cards_learned_together_come_back_on_every_day_of_the_range() -> None:
    first, last = permitted_range(100, 3650)
    days = [spread(100, 3650, f"card-{number}", 1) for number in range(2000)]
    counts = [days.count(day) for day in range(first, last + 1)]
    assert sum(counts) == len(days)
    even = len(days) / len(counts)
    assert all(0.7 * even < count < 1.3 * even for count in counts)


def test_the_longest_interval_is_never_passed() -> None:
    assert {spread(30, 30, f"{number}", 1) for number in range(300)} <= set(range(1, 31))
