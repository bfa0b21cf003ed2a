"""Whether values are right: agreement with the reference, for every way of passing the arguments and every size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from quizkit.challenges.vocabulary import HALF, Broken, Case, Challenge, Refusal, Tolerance, between, close
from quizkit.judge.facts import as_integers, bounds, goes_without_options, reach
from quizkit.judge.inquiry import Asked
from quizkit.judge.wire import Returned

MODERATE = 30.0
# entries beyond this size make an input large


def agreement(
    challenge: Challenge, got: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any], tolerance: Tolerance
) -> None:
    """Break unless `got` is right for these arguments; at a kink anything between the two slopes is."""
    if challenge.between is not None:
        low, high = challenge.between(*args, **kwargs)
        between(got, low, high, "", tolerance)
    else:
        expected = challenge.expected(*args, **kwargs)
        close(got, expected, "", tolerance)


def right(challenge: Challenge, got: Any, case: Case, tolerance: Tolerance, *, options: bool) -> None:
    """Break unless `got` is right for the arguments of the case, with or without the optional ones."""
    low, high = bounds(challenge, case, options=options)
    if low is high:
        close(got, low, "", tolerance)
    else:
        between(got, low, high, "", tolerance)


def tolerance_for(challenge: Challenge, case: Case) -> Tolerance:
    """Return the challenge's tolerance for a case of this size."""
    return challenge.tolerance if reach(challenge, case) <= MODERATE else challenge.large


def agrees(challenge: Challenge, asked: Asked, case: Case) -> None:
    """For entries up to 30 in size and default arguments, the values are right."""
    right(challenge, asked(*challenge.positional(case)), case, challenge.tolerance, options=False)


def plainest(challenge: Challenge, case: Case) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the arguments of the simplest call the case allows: without optional ones where that makes sense."""
    plain = goes_without_options(challenge, case)
    return challenge.positional(case), {} if plain else challenge.optional(case)


def stable(challenge: Challenge, asked: Asked, case: Case) -> None:
    """For entries up to 10,000 in size the values stay finite and right."""
    args, named = challenge.positional(case), challenge.optional(case)
    right(challenge, asked(*args, **named), case, challenge.large, options=True)


def arguments(challenge: Challenge, asked: Asked, case: Case) -> None:
    """Every argument is honoured, by position and by keyword, and defaults are those of the prompt."""
    args, named = challenge.positional(case), challenge.optional(case)
    tolerance = tolerance_for(challenge, case)
    if named:
        right(challenge, asked(*args, **named), case, tolerance, options=True)
        in_order = _in_order(challenge, named)
        right(challenge, asked(*args, *in_order), case, tolerance, options=True)
    required = [name for name, p in challenge.parameters.items() if p.default is p.empty]
    by_name = {name: case[name] for name in required if name in challenge.keywords}
    if by_name:
        before = args[: len(args) - len(by_name)]
        right(challenge, asked(*before, **by_name), case, tolerance, options=False)


def _in_order(challenge: Challenge, named: Mapping[str, Any]) -> list[Any]:
    """Return optional arguments by position, with defaults for those that come before the last one given."""
    optional = [p for p in challenge.parameters.values() if p.default is not p.empty]
    last = max(index for index, parameter in enumerate(optional) if parameter.name in named)
    return [named.get(parameter.name, parameter.default) for parameter in optional[: last + 1]]


def integers(challenge: Challenge, asked: Asked, case: Case) -> None:
    """An array of integers gives the same values as the same numbers as floats."""
    holds_in(challenge, asked, case, (np.int64, np.int32))


def holds_in(challenge: Challenge, asked: Asked, case: Case, dtypes: tuple[type, ...]) -> None:
    """Break unless the rounded case gives the same values with its whole float arrays in each of these types."""
    whole = as_integers(challenge, case)
    assert whole is not None
    floats, named = plainest(challenge, whole)
    for dtype in dtypes:
        got = asked(*(cast(value, dtype) for value in floats), **named)
        half = np.dtype(dtype).itemsize == 1 and isinstance(got, np.ndarray | np.generic) and got.dtype == np.float16
        # which is what NumPy makes of exp of an 8-bit integer
        right(challenge, got, whole, HALF if half else tolerance_for(challenge, whole), options=bool(named))
        if challenge.derivative and isinstance(got, np.ndarray | np.generic) and got.dtype.kind != "f":
            raise Broken(f"a derivative of type {got.dtype} for {np.dtype(dtype)} input", got)


def cast(value: Any, dtype: type) -> Any:
    """Return a float array of whole numbers, or any for a float type, in another type; anything else as it is."""
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f":
        return value
    return value.astype(dtype) if np.dtype(dtype).kind == "f" or np.all(value == np.round(value)) else value


def refuses(challenge: Challenge, asked: Asked, case: Case) -> None:
    """What the prompt refuses is refused with the error that it names."""
    refusal: Refusal = case["refusal"]
    (reply,) = asked.ask([asked.call(*challenge.positional(refusal.case), **challenge.optional(refusal.case))])
    wanted = refusal.raises.__name__
    if isinstance(reply, Returned):
        raise Broken(f"{refusal.because}: nothing was raised", reply.value, wanted)
    if wanted not in reply.bases:
        raise Broken(f"{refusal.because}: another error was raised", reply.kind, wanted)
