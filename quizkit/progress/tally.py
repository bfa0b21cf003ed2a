"""What the review log says, counted in one pass: by day, and by card.

True retention counts the first review of a card on a study day, other than its first one ever: what was recalled after
at least a night. The card is mature where the review before was 21 days ago or more, else young. Reviews while cramming
count as time spent and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from quizkit.memory.log import Grade, Mode

MATURE_DAYS = 21
AFRESH = 0

Answer = tuple[str, int, int, int, str]
"""Card, study day, grade, time taken (ms), mode: a review that stands; with the grade AFRESH a card begun anew."""


@dataclass(slots=True)
class Day:
    """What was done on one study day."""

    reviews: int = 0
    taken_ms: int = 0


@dataclass(slots=True)
class Recall:
    """How often something was recalled."""

    recalled: int = 0
    reviews: int = 0

    def __add__(self, other: Recall) -> Recall:
        """Return both together."""
        return Recall(self.recalled + other.recalled, self.reviews + other.reviews)


@dataclass(slots=True)
class CardTally:
    """What became of one card."""

    last_day: int | None
    # None: begun afresh since
    young: Recall = field(default_factory=Recall)
    mature: Recall = field(default_factory=Recall)


@dataclass(slots=True)
class Tally:
    """All that is counted, by study day and by card."""

    days: dict[int, Day] = field(default_factory=dict)
    cards: dict[str, CardTally] = field(default_factory=dict)


def tallied(answers: Iterable[Answer]) -> Tally:
    """Count answers, those of one card in the order in which they were given."""
    tally = Tally()
    days, cards, cram, again = tally.days, tally.cards, Mode.CRAM.value, int(Grade.AGAIN)
    for card, day, grade, taken_ms, mode in answers:
        if grade == AFRESH:
            if card in cards:
                cards[card].last_day = None
            continue
        on = days.get(day)
        if on is None:
            on = days[day] = Day()
        on.reviews += 1
        on.taken_ms += taken_ms
        if mode == cram:
            continue
        seen = cards.get(card)
        if seen is None:
            cards[card] = CardTally(day)
        elif seen.last_day is None:
            seen.last_day = day
        elif day > seen.last_day:
            recall = seen.mature if day - seen.last_day >= MATURE_DAYS else seen.young
            recall.reviews += 1
            recall.recalled += grade != again
            seen.last_day = day
    return tally
