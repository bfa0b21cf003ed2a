"""Puts cards away and brings them back, outside a sitting."""

from __future__ import annotations

import os

from quizkit.memory.log import Event, Kind, Mode, Moment
from quizkit.opening import opened


def put_away(cards: list[str], *, away: bool) -> str:
    """Suspend cards, or with `away=False` bring them back; returns what was done.

    Raises:
        UnknownQuestion: one of the ids is in no bank; nothing was changed.
    """
    with opened() as desk:
        ids = [desk.bank.question(card).id for card in cards]
        changed = [card for card in dict.fromkeys(ids) if desk.store.state(card).suspended != away]
        kind = Kind.SUSPEND if away else Kind.RESUME
        desk.store.append(_events(changed, kind, desk.clock.now()), desk.settings.model())
    word = "suspended" if away else "back in the schedule"
    return f"{', '.join(changed)}: {word}." if changed else f"Nothing to do: {', '.join(ids)} already {word}."


def _events(cards: list[str], kind: Kind, now: Moment) -> list[Event]:
    batch = os.urandom(8).hex()
    return [
        Event(f"{batch}-{number}", kind, card, now.at_ms, now.offset_min, batch, Mode.STUDY)
        for number, card in enumerate(cards)
    ]
