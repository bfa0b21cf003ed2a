"""What the review log holds: events that are only ever appended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from quizkit.memory.days import study_day


class Grade(IntEnum):
    """How well a card was recalled, with FSRS's numbers."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Kind(StrEnum):
    """What happened to a card."""

    REVIEW = "review"
    SKIP = "skip"
    # hidden for the rest of the study day
    SUSPEND = "suspend"
    RESUME = "resume"
    UNDO = "undo"
    # takes back the event named by `undoes`


class Mode(StrEnum):
    """The kind of sitting in which something happened."""

    STUDY = "study"
    QUIZ = "quiz"
    CRAM = "cram"
    # reviews made while cramming are kept, but move no schedule


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as the edge of the program saw it."""

    at_ms: int
    # wall clock, ms since the epoch, UTC
    offset_min: int
    # local time minus UTC, minutes
    steady_ms: int = 0
    # monotonic clock, for durations; survives a wall clock that is set back

    @property
    def day(self) -> int:
        """The study day, as days since the epoch."""
        return study_day(self.at_ms, self.offset_min)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the review log."""

    uid: str
    # unique over all machines
    kind: Kind
    card: str
    at_ms: int
    offset_min: int
    sitting: str
    mode: Mode
    grade: Grade | None = None
    taken_ms: int | None = None
    # from the question on the screen to the grade
    undoes: str | None = None
    detail: str = ""
    # what was answered, where the program marked it

    @property
    def day(self) -> int:
        """The study day of the event, in the time zone it happened in."""
        return study_day(self.at_ms, self.offset_min)


def standing(events: Iterable[Event]) -> list[Event]:
    """Return the events, oldest first, without those that were undone and without the undoing.

    An undo names an earlier event; what is never named by an undo stands.
    """
    listed = list(events)
    undone = {event.undoes for event in listed if event.kind is Kind.UNDO}
    return [event for event in listed if event.kind is not Kind.UNDO and event.uid not in undone]
