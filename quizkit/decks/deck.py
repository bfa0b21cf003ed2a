"""Cards that come from elsewhere, whatever they came in."""

from __future__ import annotations

from quizkit.decks.entries import Entry
from quizkit.frozen import frozen
from quizkit.memory.log import Grade


@frozen
class Past:
    """One review that was made elsewhere."""

    at_ms: int
    grade: Grade
    taken_ms: int
    counts: bool
    # False where it moved no schedule there: a preview, or before the card was reset


@frozen
class Found:
    """One card."""

    entry: Entry
    # its id may be missing
    key: str
    # the same whenever and wherever the card comes from again
    media: tuple[str, ...] = ()
    # files that it shows
    past: tuple[Past, ...] = ()
    # oldest first
    suspended_ms: int | None = None
    # since when it is put away

    @property
    def question(self) -> str:
        """What it asks."""
        return str(self.entry["question"])


@frozen
class Left:
    """Something that was not carried over."""

    reason: str
    what: str


@frozen
class Deck:
    """What a file from elsewhere holds."""

    cards: tuple[Found, ...]
    left: tuple[Left, ...] = ()
