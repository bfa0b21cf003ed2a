"""The figures of random logs equal those of an oracle that reads every event, slowly and in plain Python."""

import random
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fsrs import Card, Scheduler, State
from hypothesis import given, settings
from hypothesis import strategies as st
from making import MODEL, NOON

from quizkit.bank.folders import Folder
from quizkit.bank.library import Bank
from quizkit.home import LOG_FILE
from quizkit.memory.days import study_day
from quizkit.memory.log import Entry, Event, Grade, Kind, Mode, Moment
from quizkit.memory.state import CardState, replay
from quizkit.migrations import MIGRATIONS
from quizkit.overview import overview
from quizkit.progress.figures import Figures, ready
from quizkit.settings import Settings
from quizkit.store import Store

HOUR_MS = 3_600_000
TOPICS = {"activations": ("relu", "gelu", "unseen"), "losses": ("hinge",)}
CARDS = ("relu", "relu", "relu", "old-relu", "gelu", "hinge", "nowhere")
FORMER = {"old-relu": "relu"}
SETTINGS = Settings(leech_lapses=2)


# -- the oracle -------------------------------------------------------------------------------------------------------


@dataclass
class Recalled:
    """What became of the cards of a topic, counted review by review."""

    young: list[bool] = field(default_factory=list)
    mature: list[bool] = field(default_factory=list)


def day_of(event: Event) -> int:
    return (event.at_ms // 1000 + 60 * event.offset_min - 4 * 3600) // 86_400


def that_stand(events: Sequence[Event]) -> list[Event]:
    undone = [event.undoes for event in events]
    return [event for event in events if event.uid not in undone and event.kind is not Kind.UNDO]


def count_recalls(events: Sequence[Event], counted: Recalled) -> None:
    last = None
    for event in events:
        if event.kind is Kind.AFRESH:
            last = None
        if event.kind is not Kind.REVIEW or event.mode is Mode.CRAM:
            continue
        if last is not None and day_of(event) > last:
            among = counted.mature if day_of(event) - last >= 21 else counted.young
            among.append(event.grade is not Grade.AGAIN)
        last = day_of(event)


def recall_today(state: CardState, today: int) -> float:
    """Return the package's own retrievability, which counts whole days between instants."""
    assert state.last_day is not None
    last = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=state.last_day)
    card = Card(1, State.Review, None, state.stability, state.difficulty, last, last)
    return Scheduler().get_card_retrievability(card, last + timedelta(days=max(0, today - state.last_day)))


def due_in(state: CardState, today: int) -> int | None:
    if state.suspended or (state.due_day is None and state.due_ms is None):
        return None
    days = 0 if state.due_day is None or state.due_day < today else state.due_day - today
    return 1 if state.skipped_day == today and days == 0 else days


def expect(found: Figures, log: Sequence[Event], now: Moment) -> None:
    """Compare figures with what the events say, one by one."""
    today, stands = study_day(now.at_ms, now.offset_min), that_stand(log)
    reviews = [event for event in stands if event.kind is Kind.REVIEW]
    by_day = defaultdict(int)
    for event in reviews:
        by_day[day_of(event)] += 1
    assert found.calendar == tuple(by_day[day] for day in range(today - 364, today + 1))
    assert found.reviews == len(reviews)
    assert found.seconds == sum(event.taken_ms or 0 for event in reviews) // 1000
    lately = [event for event in reviews if today - 30 < day_of(event) <= today]
    assert found.seconds_lately == sum(event.taken_ms or 0 for event in lately) // 1000
    own = {card: [e for e in stands if FORMER.get(e.card, e.card) == card] for card in ("relu", "gelu", "hinge")}
    states = {card: replay(MODEL, card, events) for card, events in own.items()}
    for topic in found.topics:
        counted = Recalled()
        cards = [card for card in TOPICS[topic.name] if card in own]
        for card in cards:
            count_recalls(own[card], counted)
        assert (topic.young.recalled, topic.young.reviews) == (sum(counted.young), len(counted.young))
        assert (topic.mature.recalled, topic.mature.reviews) == (sum(counted.mature), len(counted.mature))
        seen = [states[card] for card in cards if states[card].reviews]
        assert (topic.cards, topic.seen) == (len(TOPICS[topic.name]), len(seen))
        assert topic.due == sum(due_in(states[card], today) == 0 for card in cards)
        assert topic.ready == pytest.approx(ready([recall_today(state, today) for state in seen], topic.cards))
    waits = [due_in(state, today) for state in states.values()]
    assert found.coming == tuple(waits.count(days) for days in range(30))
    worst = sorted((-state.lapses, card) for card, state in states.items() if state.lapses >= 2 and not state.suspended)
    assert [(leech.card, leech.lapses) for leech in found.leeches] == [(card, -lapses) for lapses, card in worst]


# -- random logs ------------------------------------------------------------------------------------------------------


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """Draw a log of three cards and two ids that are none, in changing time zones, with undone answers."""
    log: list[Event] = []
    at_ms = NOON
    for number in range(draw(st.sampled_from([0, 3, 10, 30]))):
        at_ms += draw(st.sampled_from([1, 5, 20, 24, 31, 24 * 21, 24 * 60])) * HOUR_MS
        undone = draw(st.sampled_from(log)) if log and not draw(st.integers(0, 7)) else None
        kinds = st.sampled_from([Kind.REVIEW] * 6 + [Kind.SKIP, Kind.SUSPEND, Kind.RESUME, Kind.AFRESH, Kind.OPENED])
        kind = Kind.UNDO if undone else draw(kinds)
        card = undone.card if undone else draw(st.sampled_from(CARDS))
        grade = draw(st.sampled_from(Grade)) if kind is Kind.REVIEW else None
        offset_min = draw(st.sampled_from([-480, 0, 330]))
        mode = draw(st.sampled_from([Mode.STUDY, Mode.STUDY, Mode.QUIZ, Mode.CRAM]))
        taken_ms = draw(st.sampled_from([None, 700, 61_000]))
        uid = undone.uid if undone else None
        log.append(Event(f"e{number}", kind, card, at_ms, offset_min, "s", mode, grade, taken_ms, uid))
    return log


def bank_of(folder: Path) -> Bank:
    for topic, cards in TOPICS.items():
        path = folder / "questions" / topic / "all.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        entries = [f"  - id: {card}\n    question: What?\n    simple_answer: That.\n" for card in cards]
        path.write_text("questions:\n" + "".join(entries), "utf-8")
    return Bank.open([Folder(str(folder / "questions"))], str(folder / "index.db"))


@pytest.fixture(scope="module")
def bank() -> Iterator[Bank]:
    with TemporaryDirectory() as folder, bank_of(Path(folder)) as opened:
        yield opened


@given(log=logs(), days=st.integers(0, 40), offset_min=st.sampled_from([-480, 0, 330]), way=st.integers(0, 2**32))
@settings(max_examples=150)
def test_the_figures_of_a_log_are_the_oracles_however_it_came_to_be(
    bank: Bank, log: list[Event], days: int, offset_min: int, way: int
) -> None:
    """The log is written in parts: answered one by one, merged out of order, with a rename in between."""
    chance = random.Random(way)
    cut, named = sorted(chance.choices(range(len(log) + 1), k=2))
    with TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        store.derive_all(MODEL, {})
        for event in log[:cut]:
            store.append([event], MODEL)
        if chance.random() < 0.5:
            store.derive_all(MODEL, FORMER)
        rest = [Entry(event.at_ms, event) for event in log]
        chance.shuffle(rest)
        store.merge(rest[:named], MODEL)
        store.merge(rest, MODEL)
        store.derive_all(MODEL, FORMER)
        at_ms = (log[-1].at_ms if log else NOON) + days * 24 * HOUR_MS
        now = Moment(at_ms, offset_min)
        expect(overview(bank, store, SETTINGS, now), log, now)


def test_a_log_of_the_format_before_is_counted_when_it_is_opened() -> None:
    review = Event("a", Kind.REVIEW, "relu", NOON, 0, "s", Mode.STUDY, Grade.GOOD, 5000)
    later = replace(review, uid="b", at_ms=NOON + 48 * HOUR_MS, grade=Grade.AGAIN, taken_ms=None)
    undone = replace(review, uid="c", at_ms=NOON + 72 * HOUR_MS)
    undo = replace(undone, uid="d", kind=Kind.UNDO, grade=None, undoes="c")
    with TemporaryDirectory() as folder:
        with sqlite3.connect(Path(folder) / LOG_FILE) as old:
            for script in MIGRATIONS[:4]:
                old.executescript(script)
            for tick, event in enumerate([review, later, undone, undo]):
                old.execute(f"INSERT INTO event VALUES (?, {tick}, {', '.join('?' * 10)})", astuple(event))
            old.execute("INSERT INTO derived VALUES ('model', ?)", (MODEL.fingerprint,))
            old.execute("PRAGMA user_version = 4")
        old.close()
        with Store.open(Path(folder)) as store:
            assert store.studied() == {review.day: (1, 5000), later.day: (1, 0)}
            assert store.derive_all(MODEL, {})
            state = store.state("relu")
    assert (state.reviews, state.young_reviews, state.young_recalled) == (2, 1, 0)
