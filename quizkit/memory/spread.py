"""Spreads due dates over the days near the ideal one, so that cards learned together do not return together.

The permitted range is the one that Anki's and FSRS's schedulers use: 15 % of the part of an interval between 2.5 and 7
days, 10 % of the part up to 20 days, 5 % of the rest, and one day more. Which day of the range it is depends on the
card and its number of reviews alone, so the same history always gives the same due date, on every machine.
"""

from __future__ import annotations

_BANDS = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))
SHORTEST_SPREAD = 2.5


def permitted_range(interval: int, longest: int) -> tuple[int, int]:
    """Return the first and the last permitted interval, in days, around the ideal `interval`."""
    if interval < SHORTEST_SPREAD:
        return interval, interval
    delta = 1.0 + sum(share * max(0.0, min(interval, end) - start) for start, end, share in _BANDS)
    return max(2, round(interval - delta)), max(2, min(round(interval + delta), longest))


def spread(interval: int, longest: int, card: str, reviews: int) -> int:
    """Return the interval in days to use for the `reviews`-th review of `card`.

    The same share of the range is taken whatever the grade, so a better grade never comes back sooner.
    """
    first, last = permitted_range(interval, longest)
    from hashlib import blake2b  # loads OpenSSL: 2 ms that no question waits for

    first = min(first, last)
    digest = blake2b(f"{card}\0{reviews}".encode(), digest_size=8).digest()
    share = int.from_bytes(digest) / 2**64
    return first + int(share * (last - first + 1))
