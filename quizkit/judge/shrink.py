"""Makes a counterexample smaller: fewer entries, fewer dimensions, simpler numbers, while it still shows the fault.

Every step proposes all smaller cases of one kind at once, so that they travel to the candidate together; the first that
still fails is taken. A case only counts as smaller when its weight falls, so it ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from quizkit.challenges.vocabulary import Array, Case, Challenge, Seed

ROUNDS = 60
AT_ONCE = 160
# proposals asked in one frame
WIDEST = 400
# entries of an array beyond which its numbers are left as they are

Fails = Callable[[Sequence[Case]], list[bool]]
# for each proposed case: does it still show the same fault


def shrink(challenge: Challenge, case: Case, fails: Fails) -> Case:
    """Return the smallest case found in which the fault shows as it does in `case`."""
    for _ in range(ROUNDS):
        for proposals in _kinds(challenge, case):
            smaller = _first(proposals, fails)
            if smaller is not None:
                case = smaller
                break
        else:
            return case
    return case


def _first(proposals: list[Case], fails: Fails) -> Case | None:
    for start in range(0, len(proposals), AT_ONCE):
        some = proposals[start : start + AT_ONCE]
        for proposal, failed in zip(some, fails(some), strict=True):
            if failed:
                return proposal
    return None


def _kinds(challenge: Challenge, case: Case) -> Iterator[list[Case]]:
    """Yield proposals, the boldest kind first; each is legal and weighs less than `case`."""
    kink = at_kink(challenge, case)
    for kind in (_without, _fewer, _flatter, _alike, _simpler):
        proposals = [mended for raw in kind(challenge, case) if (mended := legal(challenge, raw)) is not None]
        if not kink:
            proposals = [proposal for proposal in proposals if not at_kink(challenge, proposal)]
        lighter = [proposal for proposal in proposals if weight(proposal) < weight(case)]
        if lighter:
            yield sorted(lighter, key=weight)


def legal(challenge: Challenge, case: dict[str, Any]) -> Case | None:
    """Return the case mended into the domain, or None: finite, within 10,000 in size, and the reference takes it."""
    try:
        mended = challenge.mend(case)
        if mended is None or not all(_in_range(value) for value in mended.values()):
            return None
        challenge.expected(*challenge.positional(mended), **challenge.optional(mended))
    except (ValueError, IndexError, KeyError, TypeError, ZeroDivisionError):
        return None
    return mended


def at_kink(challenge: Challenge, case: Case) -> bool:
    """Whether more than one value is right: a poor place to see what is wrong."""
    if challenge.between is None:
        return False
    low, high = challenge.between(*challenge.positional(case), **challenge.optional(case))
    return not np.array_equal(low, high)


def _in_range(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return bool(value.size and np.all(np.isfinite(value)) and np.all(np.abs(value.astype(float)) <= 1e4))
    return all(map(_in_range, value.values())) if isinstance(value, dict) else True


def _without(challenge: Challenge, case: Case) -> Iterator[dict[str, Any]]:
    """Leave out what has a default."""
    for name in case:
        parameter = challenge.parameters.get(name)
        if parameter is None or parameter.default is not parameter.empty:
            yield {other: value for other, value in case.items() if other != name}


def _fewer(_: Challenge, case: Case) -> Iterator[dict[str, Any]]:
    """Keep a part of an axis, in every field that has an axis of that length, and in one field alone."""
    lengths = sorted({n for value in case.values() for array in _arrays(value) for n in array.shape if n > 1})
    for n in lengths:
        parts = [range(n // 2), range(n // 2, n), *([i for i in range(n) if i != out] for out in range(n))]
        for part in parts if n <= 12 else parts[:2]:
            yield {name: _taken(value, n, list(part)) for name, value in case.items()}
            for name, value in case.items():
                if isinstance(value, np.ndarray):
                    yield {**case, name: _taken(value, n, list(part))}
                    yield from ({**case, name: value.take(part, axis)} for axis in _axes_of(value, n))


def _flatter(_: Challenge, case: Case) -> Iterator[dict[str, Any]]:
    """Drop an axis of length 1, in all arrays and in one alone."""
    yield {name: _dropped(value) for name, value in case.items()}
    for name, value in case.items():
        if isinstance(value, np.ndarray):
            yield {**case, name: _dropped(value)}


def _alike(_: Challenge, case: Case) -> Iterator[dict[str, Any]]:
    """Give a whole array one value, or its entries rounded."""
    for path, array in _places(case):
        if array.size > 1:
            for entry in (0, 1, array.flat[0]):
                yield _put(case, path, np.full_like(array, entry))
            yield _put(case, path, np.round(array))
            yield _put(case, path, np.trunc(array))


def _simpler(_: Challenge, case: Case) -> Iterator[dict[str, Any]]:
    """Make one number simpler."""
    for path, array in _places(case):
        if array.size <= WIDEST:
            for index in np.ndindex(array.shape):
                for entry in _below(array[index].item()):
                    smaller = array.copy()
                    smaller[index] = entry
                    yield _put(case, path, smaller)
    for name, value in case.items():
        if isinstance(value, Seed):
            yield from ({**case, name: Seed(seed)} for seed in (0, 1) if seed < value.seed)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield from ({**case, name: type(value)(entry)} for entry in _below(value))
        elif isinstance(value, tuple):
            yield from ({**case, name: (*value[:i], *value[i + 1 :])} for i in range(len(value)))
            yield from (
                {**case, name: (*value[:i], int(entry), *value[i + 1 :])}
                for i, old in enumerate(value)
                if isinstance(old, int)
                for entry in _below(old)
            )


def _below(value: float) -> list[float]:
    """Return simpler numbers than `value`, the simplest first."""
    if isinstance(value, bool):
        return [False]
    whole = float(np.trunc(value))
    rounded = [round(value, digits) for digits in (1, 3)] if isinstance(value, float) else []
    tens = float(np.sign(value) * 10.0 ** np.floor(np.log10(abs(value)))) if value else 0.0
    near = [0, 1, -1, 2, -2, 0.5, abs(value), tens, 10 * tens, whole, whole - np.sign(value), np.trunc(value / 2)]
    near += rounded
    return sorted({float(entry) for entry in near if _number_weight(entry) < _number_weight(value)}, key=_number_weight)


# -- weight ------------------------------------------------------------------------------------------------------------


def weight(case: Case) -> tuple[int, int, int, float]:
    """Return how much there is to read in a case: fields, entries, dimensions, digits."""
    arrays = [array for value in case.values() for array in _arrays(value)]
    tuples = sum(len(value) for value in case.values() if isinstance(value, tuple))
    return (
        sum(array.size for array in arrays) + tuples,
        len(case),
        sum(array.ndim for array in arrays),
        sum(map(_digits, case.values())),
    )


def _digits(value: Any) -> float:
    if isinstance(value, np.ndarray):
        return sum(_number_weight(entry) for entry in value.ravel()[:WIDEST].tolist())
    if isinstance(value, dict | tuple):
        return sum(map(_digits, value.values() if isinstance(value, dict) else value))
    if isinstance(value, Seed):
        return _number_weight(value.seed)
    return _number_weight(value) if isinstance(value, int | float) else 0.0


def _number_weight(value: float) -> float:
    """0 for 0, little for small whole numbers, much for long fractions; a minus sign counts a little."""
    if value == 0:
        return 0.0
    sign = 0.5 if value < 0 else 0.0
    size = abs(float(value))
    if size == np.trunc(size):
        return 1 + len(f"{size:.0f}".rstrip("0")) + 0.2 * len(f"{size:.0f}") + 0.01 * min(size, 99) + sign
    return 6 + len(repr(size)) + sign


# -- parts of a case ---------------------------------------------------------------------------------------------------

Path = tuple[str, ...]


def _places(case: Case) -> Iterator[tuple[Path, Array]]:
    """Yield every array with the keys that lead to it."""
    for name, value in case.items():
        if isinstance(value, np.ndarray):
            yield (name,), value
        elif isinstance(value, dict):
            yield from (((name, *path), array) for path, array in _places(value))


def _put(case: Case, path: Path, array: Array) -> dict[str, Any]:
    name, *rest = path
    return {**case, name: _put(case[name], tuple(rest), array) if rest else array}


def _arrays(value: Any) -> Iterator[Array]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _arrays(entry)


def _taken(value: Any, n: int, part: list[int]) -> Any:
    if isinstance(value, dict):
        return {name: _taken(entry, n, part) for name, entry in value.items()}
    if isinstance(value, np.ndarray):
        for axis in _axes_of(value, n):
            value = value.take(part, axis)
    return value


def _axes_of(array: Array, n: int) -> list[int]:
    return [axis for axis, length in enumerate(array.shape) if length == n]


def _dropped(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _dropped(entry) for name, entry in value.items()}
    if isinstance(value, np.ndarray) and value.ndim > 1 and 1 in value.shape:
        return value.squeeze(axis=value.shape.index(1))
    return value
