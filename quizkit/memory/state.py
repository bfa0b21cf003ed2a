"""What is remembered of one card, derived from its events alone."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from quizkit.frozen import frozen, replace
from quizkit.memory.log import Event, Grade, Kind, Mode, standing

MATURE_DAYS = 21
# between two reviews
_STAYING = ("young_reviews", "young_recalled", "mature_reviews", "mature_recalled", "suspended")
# when a card is begun afresh


class Phase(StrEnum):
    """Where a card stands in its life."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


@frozen
class CardState:
    """The memory state of one card. Days are study days since the epoch."""

    phase: Phase = Phase.NEW
    step: int | None = None
    # index of the learning or relearning step
    stability: float | None = None
    # days until retrievability falls to 90 %
    difficulty: float | None = None
    # 1 (easy) to 10 (hard)
    due_day: int | None = None
    due_ms: int | None = None
    # set instead of due_day while a learning step runs
    first_day: int | None = None
    last_day: int | None = None
    reviews: int = 0
    lapses: int = 0
    # times forgotten after it had been learned
    young_reviews: int = 0
    # true retention counts the first review of a study day, if there was one on another day before
    young_recalled: int = 0
    mature_reviews: int = 0
    # of those, the ones that came MATURE_DAYS or more after the review before
    mature_recalled: int = 0
    suspended: bool = False
    skipped_day: int | None = None

    def is_due(self, day: int, at_ms: int) -> bool:
        """Whether the card is to be asked on study day `day` at instant `at_ms` (ms since the epoch, UTC)."""
        if self.suspended or self.skipped_day == day:
            return False
        if self.due_ms is not None:
            return self.due_ms <= at_ms
        return self.due_day is not None and self.due_day <= day

    def is_leech(self, threshold: int) -> bool:
        """Whether the card was forgotten so often that it costs more than it gives; a threshold of 0 means never."""
        return 0 < threshold <= self.lapses


NEW = CardState()


class MemoryModel(Protocol):
    """What turns a review into the next memory state: the one place that knows an algorithm. A value: it hashes."""

    def __hash__(self) -> int:
        """Equal models hash alike, so that what they worked out can be kept."""
        ...

    @property
    def fingerprint(self) -> str:
        """Names the algorithm and its settings; states derived under another fingerprint are stale."""
        ...

    def review(self, card: str, state: CardState, grade: Grade, event_day: int, at_ms: int) -> CardState:
        """Return the state after a review on study day `event_day` at instant `at_ms`."""
        ...

    def retrievability(self, state: CardState, day: int) -> float:
        """Return the probability in [0, 1] that the card is recalled on study day `day`."""
        ...

    def retrievabilities(self, seen: Iterable[tuple[float, int]]) -> list[float]:
        """Return the same for many cards, from their stability and the days since their last review."""
        ...


def after(model: MemoryModel, card: str, state: CardState, event: Event) -> CardState:
    """Return the state of `card` after one standing event."""
    if event.kind is Kind.SUSPEND:
        return replace(state, suspended=True)
    if event.kind is Kind.RESUME:
        return replace(state, suspended=False)
    if event.kind is Kind.AFRESH:
        return _afresh(state)
    if event.mode is Mode.CRAM:
        return state
    if event.kind is Kind.SKIP:
        return replace(state, skipped_day=event.day)
    if event.grade is None:
        return state
    return _counted(state, model.review(card, state, event.grade, event.day, event.at_ms), event.grade)


def _afresh(state: CardState) -> CardState:
    """Return the state of a card begun afresh: what was recalled of it before stays counted."""
    return CardState(**{name: getattr(state, name) for name in _STAYING})


def _counted(before: CardState, now: CardState, grade: Grade) -> CardState:
    """Return the state after a review, with the review counted towards true retention."""
    if before.last_day is None or now.last_day is None or now.last_day <= before.last_day:
        return now
    recalled = grade is not Grade.AGAIN
    if now.last_day - before.last_day < MATURE_DAYS:
        return replace(now, young_reviews=now.young_reviews + 1, young_recalled=now.young_recalled + recalled)
    return replace(now, mature_reviews=now.mature_reviews + 1, mature_recalled=now.mature_recalled + recalled)


def replay(model: MemoryModel, card: str, events: Iterable[Event]) -> CardState:
    """Return the state of `card` after all its events, oldest first."""
    state = NEW
    for event in standing(events):
        state = after(model, card, state, event)
    return state
