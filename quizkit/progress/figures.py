"""The figures of one's progress, worked out from how cards stand and what was done each day."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import sqrt
from typing import Any

from quizkit.frozen import frozen
from quizkit.memory.state import MemoryModel

YEAR = 365
AHEAD = 30
LEVELS = 4
FEWEST = 20
# reviews that a percentage needs: below, one answer moves it by more than five points
SIGMAS = 1.96
# 95 % of a normal distribution


Standing = tuple[str, int | None, int | None, float | None, int, int, int, int]
"""How a card stands today: its id; in how many days it is due, 0 when it is or is in a step, None when it is put away
or new; the days since its last review and its stability in days, None where it has none; of its true retention the
young reviews recalled and all of them, then the mature ones. A plain tuple: there may be tens of thousands."""
_Columns = tuple[tuple[Any, ...], ...]
# standings, a tuple a column: what sums and counts them then runs without a step of Python for each


@frozen
class Recall:
    """How often something was recalled."""

    recalled: int = 0
    reviews: int = 0

    def __add__(self, other: Recall) -> Recall:
        """Return both together."""
        return Recall(self.recalled + other.recalled, self.reviews + other.reviews)


@frozen
class TopicFigures:
    """How far one is with a topic."""

    name: str
    cards: int
    seen: int
    due: int
    young: Recall
    mature: Recall
    ready: tuple[float, float]
    # share of all its cards that would be recalled today, from, to


@frozen
class Leech:
    """A card that keeps slipping."""

    card: str
    lapses: int
    question: str = ""


@frozen
class Coding:
    """What was written of the coding challenges."""

    solved: int
    challenges: int
    minutes: float | None
    # median from the prompt to the first file that was accepted, where both were on one day


@frozen
class Figures:
    """One's progress on study day `today`."""

    today: int
    desired_retention: float
    calendar: tuple[int, ...]
    # reviews on each of the last YEAR days, today last
    coming: tuple[int, ...]
    # cards due on each of the next AHEAD days, today with all that is overdue first
    topics: tuple[TopicFigures, ...]
    young: Recall
    mature: Recall
    reviews: int
    seconds: int
    seconds_lately: int
    # of the last 30 days
    streak: int
    longest_streak: int
    leeches: tuple[Leech, ...]
    coding: Coding
    advice: tuple[str, ...]
    # what to do next, each a command without `quizkit`


@frozen
class Known:
    """What is known of a log before anything is worked out."""

    standings: Iterable[Standing]
    # of all cards with history, in whatever topic
    studied: Mapping[int, tuple[int, int]]
    # reviews of each study day that had any, and the time they took (ms)
    today: int
    model: MemoryModel
    desired_retention: float
    leeches: tuple[Leech, ...] = ()
    # of the topics, the worst first
    coding: Coding = Coding(0, 0, None)


def figures(known: Known, topics: Mapping[str, Sequence[str]], chosen: str = "") -> Figures:
    """Return the figures for topics with their cards; time, calendar and streak are those of the whole log.

    `chosen` names the topics as a command takes them, "" where all are meant.
    """
    by_card = {standing[0]: standing for standing in known.standings}
    columns = [_columns(filter(None, map(by_card.get, cards))) for cards in topics.values()]
    rows = tuple(
        _topic(name, len(cards), own, known.model) for (name, cards), own in zip(topics.items(), columns, strict=True)
    )
    studied, today = known.studied, known.today
    return Figures(
        today=today,
        desired_retention=known.desired_retention,
        calendar=tuple(studied.get(today - back, (0, 0))[0] for back in reversed(range(YEAR))),
        coming=_coming(columns),
        topics=rows,
        young=_sum(row.young for row in rows),
        mature=_sum(row.mature for row in rows),
        reviews=sum(reviews for reviews, _ in studied.values()),
        seconds=sum(taken_ms for _, taken_ms in studied.values()) // 1000,
        seconds_lately=sum(studied.get(today - back, (0, 0))[1] for back in range(AHEAD)) // 1000,
        streak=_streak(studied, today),
        longest_streak=_longest_streak(studied),
        leeches=known.leeches,
        coding=known.coding,
        advice=tuple(_advice(rows, known, chosen)),
    )


def levels(calendar: Sequence[int]) -> list[int]:
    """Return how busy each day was: 0 without reviews, else its quarter, 1 to LEVELS, among the days with any.

    By rank and not by size, so that one long day leaves the others their contrast.
    """
    studied = sorted(filter(None, calendar))
    ranks = (bisect_right(studied, reviews) if reviews else 0 for reviews in calendar)
    return [-(-LEVELS * rank // len(studied)) if rank else 0 for rank in ranks]


def percentage(recall: Recall) -> float | None:
    """Return the share recalled in per cent, None where it rests on too few reviews."""
    return None if recall.reviews < FEWEST else 100 * recall.recalled / recall.reviews


def _columns(standings: Iterable[Standing]) -> _Columns:
    return tuple(zip(*standings, strict=True)) or ((),) * 8


def _topic(name: str, cards: int, own: _Columns, model: MemoryModel) -> TopicFigures:
    _, due_in, days, stabilities, *recalls = own
    young_recalled, young, mature_recalled, mature = map(sum, recalls)
    seen = [pair for pair in zip(stabilities, days, strict=True) if pair[0] is not None]
    return TopicFigures(
        name=name,
        cards=cards,
        seen=len(seen),
        due=due_in.count(0),
        young=Recall(young_recalled, young),
        mature=Recall(mature_recalled, mature),
        ready=ready(model.retrievabilities(seen), cards),
    )


def ready(retrievabilities: Sequence[float], cards: int) -> tuple[float, float]:
    """Return the range (95 %) of the share of `cards` that is recalled, unseen cards counting as unknown.

    Recalling a card is a draw with its retrievability R, so the number recalled has mean ΣR and variance ΣR(1 - R).
    """
    if not cards:
        return 0.0, 0.0
    mean = sum(retrievabilities)
    spread = SIGMAS * sqrt(sum([share * (1 - share) for share in retrievabilities]))
    return max(0.0, mean - spread) / cards, min(len(retrievabilities), mean + spread) / cards


def _sum(recalls: Iterable[Recall]) -> Recall:
    return sum(recalls, Recall())


def _coming(topics: Iterable[_Columns]) -> tuple[int, ...]:
    counts = Counter[int | None]()
    for _, due_in, *_ in topics:
        counts.update(due_in)
    return tuple(counts[days] for days in range(AHEAD))


def _streak(studied: Collection[int], today: int) -> int:
    """Return for how many days in a row there were reviews; today may still come."""
    last = today if today in studied else today - 1
    count = 0
    while last - count in studied:
        count += 1
    return count


def _longest_streak(days: Iterable[int]) -> int:
    longest = run = 0
    before: int | None = None
    for day in sorted(days):
        run = run + 1 if before is not None and day == before + 1 else 1
        longest, before = max(longest, run), day
    return longest


def _advice(rows: Sequence[TopicFigures], known: Known, chosen: str) -> Iterable[str]:
    due, unseen = sum(row.due for row in rows), sum(row.cards - row.seen for row in rows)
    topics = f" {chosen}" if chosen else ""
    if due or unseen:
        yield f"study{topics} --minutes 10" if due else f"study{topics}"
    if known.leeches:
        yield f"show {known.leeches[0].card}"
    if known.coding.solved < known.coding.challenges:
        yield "challenge"
