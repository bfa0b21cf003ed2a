"""The figures of one's progress, worked out from a tally, memory states and the cards of a bank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from quizkit.memory.state import NEW, CardState, MemoryModel
from quizkit.progress.tally import Day, Recall, Tally

YEAR = 365
AHEAD = 30
FEWEST = 20
# reviews that a percentage needs: below, one answer moves it by more than five points
SIGMAS = 1.96
# 95 % of a normal distribution


@dataclass(frozen=True, slots=True)
class Topic:
    """The cards of one topic."""

    name: str
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Leech:
    """A card that keeps slipping."""

    card: str
    lapses: int
    question: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """What was written of the coding challenges."""

    solved: int
    challenges: int
    minutes: float | None
    # median from the prompt to the first file that was accepted, where both were on one day


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a card before anything is worked out."""

    states: Mapping[str, CardState]
    model: MemoryModel
    today: int
    leech_lapses: int


def figures(
    tally: Tally, known: Known, desired_retention: float, topics: Sequence[Topic], coding: Coding, chosen: str = ""
) -> Figures:
    """Return the figures for some topics; time, calendar and streak are those of the whole log.

    `chosen` names the topics as a command takes them, "" where all are meant.
    """
    rows = tuple(_topic(topic, tally, known) for topic in topics)
    cards = [card for topic in topics for card in topic.cards]
    leeches = tuple(_leeches(cards, known))
    days = tally.days
    return Figures(
        today=known.today,
        desired_retention=desired_retention,
        calendar=tuple(days.get(known.today - back, Day()).reviews for back in reversed(range(YEAR))),
        coming=_coming(cards, known),
        topics=rows,
        young=_sum(row.young for row in rows),
        mature=_sum(row.mature for row in rows),
        reviews=sum(day.reviews for day in days.values()),
        seconds=sum(day.taken_ms for day in days.values()) // 1000,
        seconds_lately=sum(d.taken_ms for day, d in days.items() if known.today - AHEAD < day <= known.today) // 1000,
        streak=_streak(days.keys(), known.today),
        longest_streak=_longest_streak(days.keys()),
        leeches=leeches,
        coding=coding,
        advice=tuple(_advice(rows, leeches, coding, chosen)),
    )


def percentage(recall: Recall) -> float | None:
    """Return the share recalled in per cent, None where it rests on too few reviews."""
    return None if recall.reviews < FEWEST else 100 * recall.recalled / recall.reviews


def _topic(topic: Topic, tally: Tally, known: Known) -> TopicFigures:
    states = [known.states.get(card, NEW) for card in topic.cards]
    counted = [tally.cards[card] for card in topic.cards if card in tally.cards]
    return TopicFigures(
        name=topic.name,
        cards=len(topic.cards),
        seen=sum(state.reviews > 0 for state in states),
        due=sum(_due_in(state, known.today) == 0 for state in states),
        young=_sum(card.young for card in counted),
        mature=_sum(card.mature for card in counted),
        ready=ready([known.model.retrievability(state, known.today) for state in states if state.reviews], len(states)),
    )


def ready(retrievabilities: Sequence[float], cards: int) -> tuple[float, float]:
    """Return the range (95 %) of the share of `cards` that is recalled, unseen cards counting as unknown.

    Recalling a card is a draw with its retrievability R, so the number recalled has mean ΣR and variance ΣR(1 - R).
    """
    if not cards:
        return 0.0, 0.0
    mean = sum(retrievabilities)
    spread = SIGMAS * sqrt(sum(share * (1 - share) for share in retrievabilities))
    return max(0.0, mean - spread) / cards, min(len(retrievabilities), mean + spread) / cards


def _sum(recalls: Iterable[Recall]) -> Recall:
    return sum(recalls, Recall())


def _due_in(state: CardState, today: int) -> int | None:
    """Return in how many days a card is due, 0 when it is or is in a step, None when it is put away or new."""
    if state.suspended or (state.due_day is None and state.due_ms is None):
        return None
    days = 0 if state.due_day is None else max(0, state.due_day - today)
    return max(1, days) if state.skipped_day == today else days


def _coming(cards: Iterable[str], known: Known) -> tuple[int, ...]:
    counts = [0] * AHEAD
    for card in cards:
        days = _due_in(known.states.get(card, NEW), known.today)
        if days is not None and days < AHEAD:
            counts[days] += 1
    return tuple(counts)


def _streak(days: Iterable[int], today: int) -> int:
    """Return for how many days in a row there were reviews; today may still come."""
    studied = set(days)
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


def _leeches(cards: Iterable[str], known: Known) -> list[Leech]:
    found = [
        Leech(card, state.lapses)
        for card in cards
        if (state := known.states.get(card)) and state.is_leech(known.leech_lapses) and not state.suspended
    ]
    return sorted(found, key=lambda leech: (-leech.lapses, leech.card))


def _advice(rows: Sequence[TopicFigures], leeches: Sequence[Leech], coding: Coding, chosen: str) -> Iterable[str]:
    due, unseen = sum(row.due for row in rows), sum(row.cards - row.seen for row in rows)
    topics = f" {chosen}" if chosen else ""
    if due or unseen:
        yield f"study{topics} --minutes 10" if due else f"study{topics}"
    if leeches:
        yield f"show {leeches[0].card}"
    if coding.solved < coding.challenges:
        yield "challenge"
