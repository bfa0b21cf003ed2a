"""Gathers what the figures of one's progress are worked out from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from statistics import median

from quizkit.attempts import clock_started_ms, is_accepted
from quizkit.bank.filters import Filters
from quizkit.bank.library import Bank
from quizkit.challenges.library import names
from quizkit.memory.code import challenge_of
from quizkit.memory.log import Event, Moment, standing
from quizkit.progress.figures import Coding, Figures, Known, Leech, Topic, figures
from quizkit.progress.tally import tallied
from quizkit.settings import Settings
from quizkit.store import Store

MOST_NAMED = 20
# leeches whose questions are looked up


def overview(bank: Bank, store: Store, settings: Settings, now: Moment, chosen: tuple[str, ...] = ()) -> Figures:
    """Return the figures for some topics, or with () for all that have cards.

    Raises:
        UsageProblem: there is no such topic.
    """
    bank.ids(Filters(topics=chosen))
    found = [topic.name for topic in bank.topics() if topic.questions]
    topics = [Topic(name, tuple(bank.ids(Filters(topics=(name,))))) for name in chosen or found]
    known = Known(store.states(), settings.model(), now.day, settings.leech_lapses)
    tally = tallied(store.answers())
    code = coding(store.challenge_events())
    found_out = figures(tally, known, settings.retention, topics, code, " ".join(chosen))
    return replace(found_out, leeches=_with_questions(bank, found_out.leeches))


def _with_questions(bank: Bank, leeches: tuple[Leech, ...]) -> tuple[Leech, ...]:
    cards = bank.get_some([leech.card for leech in leeches[:MOST_NAMED]])
    return tuple(
        replace(leech, question=cards[leech.card].question.strip()) if leech.card in cards else leech
        for leech in leeches
    )


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
