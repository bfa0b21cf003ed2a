"""Which cards a sitting asks, and in which order."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

LARGEST_HANDFUL = 5000


def order_due(due: Iterable[tuple[str, int | None, int | None]], day: int) -> list[str]:
    """Return the due cards in the order to ask them, from (card, due_day, due_ms).

    Running learning steps first, the earliest first; then the longest overdue. Cards due on the same day come in an
    order that changes from day to day, so that neighbours in the bank do not give each other away.
    """
    return [card for card, due_day, due_ms in sorted(due, key=lambda row: _rank(row, day))]


def _rank(row: tuple[str, int | None, int | None], day: int) -> tuple[int, int, int, str]:
    card, due_day, due_ms = row
    if due_ms is not None:
        return 0, due_ms, 0, card
    return 1, due_day or 0, zlib.crc32(f"{day} {card}".encode()), card


def pick_new(in_bank_order: Iterable[str], unavailable: Callable[[list[str]], set[str]], most: int) -> list[str]:
    """Return the first `most` cards of the bank's order that can be offered as new.

    `unavailable` says which of some cards cannot; it is asked about ever larger handfuls, as far as needed.
    """
    order, picked, handful = iter(in_bank_order), list[str](), 2 * most
    while len(picked) < most and (some := list(islice(order, handful))):
        gone = unavailable(some)
        picked += [card for card in some if card not in gone]
        handful = min(2 * handful, LARGEST_HANDFUL)
    return picked[:most]


def behind_what_they_stand_on(
    cards: Sequence[str],
    stands_on: Callable[[Sequence[str]], Mapping[str, Sequence[str]]],
    unavailable: Callable[[Sequence[str]], set[str]],
) -> list[str]:
    """Return new cards in their order, but each behind the new cards that it stands on, which come along.

    `stands_on` says what some cards name as to be learned before them; it is asked about those in turn. A card that
    cannot be offered as new was seen or put away: it holds nothing back. Of cards in a circle the first met comes last.
    """
    steps: dict[str, list[str]] = {}
    level = list(cards)
    while level:
        named = stands_on(level)
        names = list(dict.fromkeys(name for some in named.values() for name in some))
        gone = unavailable(names)
        steps |= {card: [name for name in named.get(card, ()) if name not in gone] for card in level}
        level = [name for name in names if name not in gone and name not in steps]
    return _depth_first(cards, steps)


def _depth_first(cards: Sequence[str], steps: Mapping[str, Sequence[str]]) -> list[str]:
    """Return `cards` and all that `steps` lead to, each behind what its own steps lead to."""
    order, begun, path = dict[str, None](), set[str](), list(reversed(cards))
    while path:
        if path[-1] in begun:
            order.setdefault(path.pop())
        else:
            begun.add(path[-1])
            path += [name for name in reversed(steps[path[-1]]) if name not in begun]
    return list(order)


def shuffled(cards: Sequence[str], seed: str) -> list[str]:
    """Return the cards in an order that the seed alone decides."""
    order = list(cards)
    random.Random(seed).shuffle(order)  # noqa: S311 - an order, not a secret
    return order
