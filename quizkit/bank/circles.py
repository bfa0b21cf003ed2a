"""Questions that stand on one another in a circle, so that none of them can be learned first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

MOST_CIRCLES = 20
# looked for one after the other, each time through everything


def circles(stands_on: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Yield circles: each id stands on the next one and the last on the first, which is the smallest.

    Every circle yielded is broken at its last step before the next one is looked for; the order of `stands_on` alone
    decides which are found.
    """
    graph = {question: list(dict.fromkeys(names)) for question, names in stands_on.items()}
    for _ in range(MOST_CIRCLES):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle = _from_smallest(error.args[1][:0:-1])
            yield circle
            graph[circle[-1]].remove(circle[0])
        else:
            return


def told(circle: list[str]) -> str:
    """Say what is wrong with a circle, all of it named."""
    chain = " -> ".join([*circle, circle[0]])
    return f"after goes round in a circle, {chain}: none of them can be learned first; take one step out"


def _from_smallest(circle: list[str]) -> list[str]:
    start = circle.index(min(circle))
    return circle[start:] + circle[:start]
