"""Cards that come from elsewhere, whatever they came in."""

from __future__ import annotations

from dataclasses import dataclass

from quizkit.decks.entries import Entry
from quizkit.memory.log import Grade


@dataclass(frozen=True, slots=True)
class Past:
    """One review that was made elsewhere."""

    at_ms: int
    grade: Grade
    taken_ms: int
    counts: bool
    # False where it moved no schedule there: a preview, or before the card was reset


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not carried over."""

    reason: str
    what: str


@dataclass(frozen=True, slots=True)
class Deck:
    """What a file from elsewhere holds."""

    cards: tuple[Found, ...]
    left: tuple[Left, ...] = ()
