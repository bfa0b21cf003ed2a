"""Puts challenges away and brings them back, as `standing` does with questions."""

from __future__ import annotations

import os

from quizkit.challenges.library import names
from quizkit.errors import UsageProblem, nearest
from quizkit.memory.code import card_of, challenge_of
from quizkit.memory.log import Event, Kind, Mode, Moment
from quizkit.opening import opened


def put_away(cards: list[str], *, away: bool) -> str:
    """Suspend challenges, each under the name it has in the log, or bring them back; returns what was done.

    Raises:
        UsageProblem: one of them does not exist; nothing was changed.
    """
    for card in cards:
        if challenge_of(card) not in names():
            hint = nearest(card, [card_of(name) for name in names()])
            raise UsageProblem(f"There is no {card!r}.{hint} `quizkit challenge` lists the challenges.")
    with opened() as desk:
        changed = [card for card in dict.fromkeys(cards) if desk.store.state(card).suspended != away]
        kind = Kind.SUSPEND if away else Kind.RESUME
        desk.store.append(_events(changed, kind, desk.clock.now()), desk.settings.model())
    word = "suspended" if away else "back in the schedule"
    return f"{', '.join(changed)}: {word}." if changed else f"Nothing to do: {', '.join(cards)} already {word}."


def _events(cards: list[str], kind: Kind, now: Moment) -> list[Event]:
    batch = os.urandom(8).hex()
    return [
        Event(f"{batch}-{number}", kind, card, now.at_ms, now.offset_min, batch, Mode.CHALLENGE)
        for number, card in enumerate(cards)
    ]
