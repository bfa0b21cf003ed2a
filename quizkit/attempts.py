"""What an attempt at a coding challenge counts as: a review with a grade, or no review."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any

from quizkit.frozen import frozen, replace
from quizkit.memory.code import challenge_of
from quizkit.memory.fsrs6 import Fsrs6
from quizkit.memory.log import Event, Grade, Kind, Moment, standing
from quizkit.memory.state import MemoryModel

ACCEPTED = "accepted"
GIVEN_UP = "given up"


@frozen
class Attempt:
    """A judgement, as far as the schedule looks at it."""

    accepted: bool
    file: str
    # a hash of what stands in it
    taken_ms: int | None = None
    # by a clock of its own, as in an interview; None: it is taken from when the prompt was first seen today


class Uncounted(StrEnum):
    """Why an attempt is no review."""

    FAILED = "failed"
    KNOWN = "known"
    # this very file was accepted before
    TODAY = "today"
    # another one was accepted on the same study day


def worth(history: Iterable[Event], attempt: Attempt, minutes: float, now: Moment) -> Grade | Uncounted:
    """Return the grade of an attempt, or why it has none.

    Args:
        history: all events of the challenge, oldest first.
        attempt: what was judged.
        minutes: how long the challenge should take.
        now: when it was judged.
    """
    past = standing(history)
    if not attempt.accepted:
        return Uncounted.FAILED
    if attempt.file in _accepted_files(past):
        return Uncounted.KNOWN
    if any(event.kind is Kind.REVIEW and event.day == now.day and is_accepted(event) for event in past):
        return Uncounted.TODAY
    if _had_help(past, now):
        return Grade.HARD
    return _by_time(_taken_ms(past, now) if attempt.taken_ms is None else attempt.taken_ms, minutes)


def _by_time(taken_ms: int | None, minutes: float) -> Grade:
    if taken_ms is None:
        return Grade.GOOD
    share = taken_ms / (minutes * 60_000)
    return Grade.HARD if share > 1 else Grade.GOOD if share > 0.5 else Grade.EASY


def _taken_ms(past: Sequence[Event], now: Moment) -> int | None:
    started_ms = clock_started_ms(past, now)
    return None if started_ms is None else now.at_ms - started_ms


def clock_started_ms(history: Iterable[Event], now: Moment) -> int | None:
    """Return when the prompt was first seen today (ms since the epoch), None when it was not.

    An opening starts the clock for its own study day: who looked a week ago has not been working since.
    """
    today = (event.at_ms for event in since_review(history) if event.kind is Kind.OPENED and event.day == now.day)
    return next(today, None)


def since_review(history: Iterable[Event]) -> list[Event]:
    """Return what stands after the last review."""
    past = standing(history)
    reviews = [number for number, event in enumerate(past) if event.kind is Kind.REVIEW]
    return past[reviews[-1] + 1 :] if reviews else past


def hints_taken(history: Iterable[Event]) -> int:
    """Return how many hints were taken since the last review."""
    return sum(event.kind is Kind.HINTED for event in since_review(history))


def attempts(history: Iterable[Event]) -> int:
    """Return how often the challenge was judged, accepted or not."""
    return sum(told(event).get("verdict", GIVEN_UP) != GIVEN_UP for event in standing(history))


def is_accepted(event: Event) -> bool:
    """Whether an event tells that a file was accepted."""
    return told(event).get("verdict") == ACCEPTED


def told(event: Event) -> dict[str, Any]:
    """Return what an event's detail says; {} where there is none."""
    return json.loads(event.detail) if event.detail else {}


def _had_help(past: Sequence[Event], now: Moment) -> bool:
    """Whether something failed, a hint was taken, or the solution was seen today.

    What was tried out on the day of the last review, after it, belongs to that day's practice and not to the next one.
    """
    reviewed = {event.day for event in past if event.kind is Kind.REVIEW}
    stretch = [event for event in since_review(past) if event.day not in reviewed]
    if any(event.kind is Kind.HINTED or (event.kind is Kind.ATTEMPT and not is_accepted(event)) for event in stretch):
        return True
    return any(told(event).get("verdict") == GIVEN_UP and event.day == now.day for event in past)


def _accepted_files(past: Sequence[Event]) -> set[str]:
    return {told(event).get("file", "") for event in past if is_accepted(event)}


@lru_cache(maxsize=8)
def _without_steps(model: Fsrs6) -> Fsrs6:
    return replace(model, learning_steps=(), relearning_steps=())


def model_for(card: str, model: MemoryModel) -> MemoryModel:
    """Return what schedules a card: a challenge has no steps within the day, it is written again on another one."""
    return _without_steps(model) if challenge_of(card) and isinstance(model, Fsrs6) else model
