"""What is true of a case whoever the candidate is: how large it is, what the reference gives. Found out once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import numpy as np

from quizkit.challenges.vocabulary import Case, Challenge

_MOST = 10_000
# cases of which facts are kept
_kept: dict[tuple[int, int], tuple[Challenge, Case, dict[Hashable, Any]]] = {}
# by identity: a case is never changed, and lives as long as what is known of it

T = TypeVar("T")


def known(challenge: Challenge, case: Case, what: Hashable, find: Callable[[], T]) -> T:
    """Return a fact about a case: `find` is asked for it the first time."""
    place = (id(challenge), id(case))
    if place not in _kept:
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[place] = (challenge, case, {})
    facts = _kept[place][2]
    if what not in facts:
        facts[what] = find()
    fact: T = facts[what]
    return fact


def reach(challenge: Challenge, case: Case) -> float:
    """Return the largest size of a float entry among the arguments without default."""
    return known(
        challenge, case, "reach", lambda: max((_largest(value) for value in challenge.positional(case)), default=0.0)
    )


def _largest(value: Any) -> float:
    if isinstance(value, np.ndarray):
        return float(np.max(np.abs(value), initial=0.0)) if value.dtype.kind == "f" else 0.0
    return max(map(_largest, value.values()), default=0.0) if isinstance(value, dict) else 0.0


def expected(challenge: Challenge, case: Case, *, options: bool) -> Any:
    """Return what the reference gives, with or without the optional arguments of the case.

    Raises:
        Exception: what the reference raises; a refusal is found out anew each time.
    """
    return known(
        challenge,
        case,
        ("expected", options),
        lambda: challenge.expected(*challenge.positional(case), **_options(challenge, case, options)),
    )


def _options(challenge: Challenge, case: Case, options: bool) -> dict[str, Any]:
    return challenge.optional(case) if options else {}


def bounds(challenge: Challenge, case: Case, *, options: bool) -> tuple[Any, Any]:
    """Return between which values a result has to be: the same twice, except at a kink."""
    between = challenge.between
    if between is None:
        value = expected(challenge, case, options=options)
        return value, value
    low, high = known(
        challenge,
        case,
        ("bounds", options),
        lambda: between(*challenge.positional(case), **_options(challenge, case, options)),
    )
    return low, high


def goes_without_options(challenge: Challenge, case: Case) -> bool:
    """Whether the arguments without default make sense by themselves."""

    def find() -> bool:
        try:
            expected(challenge, case, options=False)
        except (ValueError, IndexError, TypeError):
            return False
        return True

    return known(challenge, case, "goes without options", find)


def as_integers(challenge: Challenge, case: Case) -> Case | None:
    """Return the case with whole numbers in its float arrays, or None where it has none or the challenge says so."""

    def find() -> Case | None:
        if challenge.integers is not None:
            return challenge.integers(case)
        whole = {name: _rounded(value) if name in challenge.parameters else value for name, value in case.items()}
        return whole if float_arrays(challenge, case) else None

    return known(challenge, case, "as integers", find)


def _rounded(value: Any) -> Any:
    return np.round(value) if isinstance(value, np.ndarray) and value.dtype.kind == "f" else value


def float_arrays(challenge: Challenge, case: Case) -> int:
    """Return how many float arrays are among the arguments without default."""
    return sum(isinstance(value, np.ndarray) and value.dtype.kind == "f" for value in challenge.positional(case))
