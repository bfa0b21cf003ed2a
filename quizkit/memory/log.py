"""What the review log holds: events that are only ever appended."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum

from quizkit.frozen import frozen
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
    KEPT = "kept"
    # its text changed, and its schedule was kept
    AFRESH = "afresh"
    # its text changed, and it was started afresh
    OPENED = "opened"
    # a challenge's prompt was shown or its starter written: the clock starts
    HINTED = "hinted"
    # a hint for a challenge was taken
    ATTEMPT = "attempt"
    # a challenge was judged, and that is no review
    BEGUN = "begun"
    # an interview, with its plan
    ASKED = "asked"
    # a question of an interview, or a follow-up, was put
    SAID = "said"
    TRIED = "tried"
    # code in an interview was run
    LEFT = "left"
    # a question of an interview was left, after `taken_ms`
    PAUSED = "paused"
    CONTINUED = "continued"
    JUDGED = "judged"
    # the code of an interview, in its debrief
    TICKED = "ticked"
    # what was covered, in the debrief
    CLOSED = "closed"
    # an interview came to its end or was abandoned


INTERVIEW_NOTES = frozenset(
    {
        Kind.BEGUN,
        Kind.ASKED,
        Kind.SAID,
        Kind.TRIED,
        Kind.LEFT,
        Kind.PAUSED,
        Kind.CONTINUED,
        Kind.JUDGED,
        Kind.TICKED,
        Kind.CLOSED,
    }
)
NOTES = frozenset({Kind.OPENED, Kind.HINTED, Kind.ATTEMPT}) | INTERVIEW_NOTES
# kept to judge later answers by: they move no schedule, and an undo passes them over


class Mode(StrEnum):
    """The kind of sitting in which something happened."""

    STUDY = "study"
    QUIZ = "quiz"
    CRAM = "cram"
    # reviews made while cramming are kept, but move no schedule
    CHALLENGE = "challenge"
    # one coding challenge by itself
    INTERVIEW = "interview"


@frozen
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


@frozen
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
    # from the question on the screen to the grade; in an interview the reading of the question's clock
    undoes: str | None = None
    detail: str = ""
    # JSON: what was answered, where the program marked it

    @property
    def day(self) -> int:
        """The study day of the event, in the time zone it happened in."""
        return study_day(self.at_ms, self.offset_min)


@frozen
class Entry:
    """An event and its place in the log, which is the same on every machine."""

    tick: int
    # orders events that happened on any machine, then their uids do; never decreases on one machine
    event: Event


def standing(events: Iterable[Event]) -> list[Event]:
    """Return the events, oldest first, without those that were undone and without the undoing.

    An undo names an earlier event; what is never named by an undo stands.
    """
    listed = list(events)
    undone = {event.undoes for event in listed if event.kind is Kind.UNDO}
    return [event for event in listed if event.kind is not Kind.UNDO and event.uid not in undone]


def acts(events: Iterable[Event]) -> list[Event]:
    """Return what a person did to cards and did not undo, oldest first."""
    return [event for event in standing(events) if event.kind not in NOTES]
