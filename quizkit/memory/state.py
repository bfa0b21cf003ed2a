"""What is remembered of one card, derived from its events alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Protocol

from quizkit.frozen import frozen
from quizkit.memory.log import Event, Grade, Kind, Mode, standing


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


def after(model: MemoryModel, card: str, state: CardState, event: Event) -> CardState:
    """Return the state of `card` after one standing event."""
    if event.kind is Kind.SUSPEND:
        return replace(state, suspended=True)
    if event.kind is Kind.RESUME:
        return replace(state, suspended=False)
    if event.kind is Kind.AFRESH:
        return replace(NEW, suspended=state.suspended)
    if event.mode is Mode.CRAM:
        return state
    if event.kind is Kind.SKIP:
        return replace(state, skipped_day=event.day)
    if event.grade is None:
        return state
    return model.review(card, state, event.grade, event.day, event.at_ms)


def replay(model: MemoryModel, card: str, events: Iterable[Event]) -> CardState:
    """Return the state of `card` after all its events, oldest first."""
    state = NEW
    for event in standing(events):
        state = after(model, card, state, event)
    return state
