"""Which key points typed words may have covered: a suggestion for the debrief, never a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

NEAR = 84.0
# of 100: forgives an ending and a slip of the finger
ENOUGH = 0.6
# of a point's own words
_FILLERS = frozenset(
    "a an and are as at be because both but by can do does for from has have how if in into is it its more most no not"
    " of on one only or so than that the their them then there these they this to under what when where which while"
    " who will with without".split()
)


def covered(points: Sequence[str], said: str) -> frozenset[int]:
    """Return the positions of the points most of whose words, or words much like them, occur in what was said."""
    from rapidfuzz import fuzz, process

    words = sorted(_words(said))
    if not words:
        return frozenset()

    def heard(word: str) -> bool:
        return process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=NEAR) is not None

    return frozenset(
        position
        for position, point in enumerate(points)
        if (own := _words(point)) and sum(heard(word) for word in own) >= ENOUGH * len(own)
    )


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W_]+", text.casefold()) if word not in _FILLERS}
