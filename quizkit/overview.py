"""Gathers what the figures of one's progress are worked out from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import median

from quizkit.attempts import clock_started_ms, is_accepted
from quizkit.bank.filters import Filters
from quizkit.bank.library import Bank
from quizkit.challenges.library import names
from quizkit.memory.code import challenge_of
from quizkit.memory.log import Event, Moment, standing
from quizkit.progress.figures import Coding, Figures, Known, Leech, figures
from quizkit.settings import Settings
from quizkit.store import Store

MOST_NAMED = 20
# leeches whose questions are looked up


def overview(bank: Bank, store: Store, settings: Settings, now: Moment, chosen: tuple[str, ...] = ()) -> Figures:
    """Return the figures for some topics, or with () for all that have cards.

    Raises:
        UsageProblem: there is no such topic.
    """
    topics = bank.ids_by_topic(chosen)
    known = Known(
        standings=store.standings(now.day),
        studied=store.studied(),
        today=now.day,
        model=settings.model(),
        desired_retention=settings.retention,
        leeches=_leeches(bank, chosen, store.leeches(settings.leech_lapses)),
        coding=coding(store.challenge_events()),
    )
    return figures(known, topics, " ".join(chosen))


def _leeches(bank: Bank, topics: tuple[str, ...], lapses: Sequence[tuple[str, int]]) -> tuple[Leech, ...]:
    """Return the leeches of some topics in their order, and those that may be shown with their questions."""
    among = bank.select([card for card, _ in lapses], Filters(topics))
    found = [(card, count) for card, count in lapses if card in among]
    cards = bank.get_some([card for card, _ in found[:MOST_NAMED]])
    questions = {card: question.question.strip() for card, question in cards.items()}
    return tuple(Leech(card, count, questions.get(card, "")) for card, count in found)


def coding(events: Iterable[Event]) -> Coding:
    """Return what was written of the coding challenges; those of packs that are gone do not count."""
    existing = set(names())
    by_card = groupby(sorted(events, key=lambda event: event.card), key=lambda event: event.card)
    # sorting is stable: the events of a card stay in their order
    firsts = [_first_accepted(list(own)) for card, own in by_card if challenge_of(card) in existing]
    solved = [taken for accepted, taken in firsts if accepted]
    minutes = [taken for taken in solved if taken is not None]
    return Coding(len(solved), len(existing), median(minutes) if minutes else None)


def _first_accepted(history: list[Event]) -> tuple[bool, float | None]:
    """Return whether a challenge was ever accepted, and the minutes from its prompt to the first time."""
    past = standing(history)
    for number, event in enumerate(past):
        if is_accepted(event):
            started_ms = clock_started_ms(past[:number], Moment(event.at_ms, event.offset_min))
            return True, None if started_ms is None else (event.at_ms - started_ms) / 60_000
    return False, None
