"""Whether a result is built as asked: arrays of the right shape and type, numbers, tuples, dicts with their keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from quizkit.challenges.vocabulary import Array, Broken, Case, Challenge, describe
from quizkit.judge.agreement import plainest
from quizkit.judge.facts import expected
from quizkit.judge.inquiry import Asked


def shape(challenge: Challenge, asked: Asked, case: Case) -> None:
    """The result has the type, shape and structure that the prompt asks for."""
    args, named = plainest(challenge, case)
    wanted = expected(challenge, case, options=bool(named))
    same_structure(asked(*args, **named), wanted, more_keys=challenge.more_keys)


def same_structure(got: Any, expected: Any, *, more_keys: bool, where: str = "the result") -> None:
    """Break unless `got` is built like `expected`: arrays of its shape, numbers, tuples, dicts with its keys."""
    if isinstance(expected, tuple):
        if not isinstance(got, tuple) or len(got) != len(expected):
            raise Broken(f"{where} is {describe(got)}, not a tuple of {len(expected)}", got)
        for index, (one, other) in enumerate(zip(got, expected, strict=True)):
            same_structure(one, other, more_keys=more_keys, where=f"part {index} of the result")
    elif isinstance(expected, dict):
        _same_keys(got, expected, more_keys, where)
        for name, value in expected.items():
            same_structure(got[name], value, more_keys=more_keys, where=f"entry {name!r}")
    elif isinstance(expected, np.ndarray) and expected.ndim:
        _same_array(got, expected, where)
    elif isinstance(got, bool) or not (isinstance(got, int | float) or _is_real(got)):
        raise Broken(f"{where} is {describe(got)}, not a number", got, expected)
    elif isinstance(expected, int) and not np.issubdtype(np.asarray(got).dtype, np.integer):
        raise Broken(f"{where} is {describe(got)}, not a whole number", got, expected)


def _same_keys(got: Any, expected: Mapping[str, Any], more_keys: bool, where: str) -> None:
    if not isinstance(got, dict):
        raise Broken(f"{where} is {describe(got)}, not a dict", got)
    missing = [name for name in expected if name not in got]
    extra = [] if more_keys else [str(name) for name in got if name not in expected]
    if missing or extra:
        said = [f"no {', '.join(missing)}"] * bool(missing) + [f"{', '.join(extra)} beyond what is asked"] * bool(extra)
        raise Broken(f"{where} has {' and '.join(said)}", sorted(map(str, got)), sorted(expected))


def _same_array(got: Any, expected: Array, where: str) -> None:
    if not isinstance(got, np.ndarray):
        raise Broken(f"{where} is {describe(got)}, not an array", got, expected)
    if got.shape != expected.shape:
        raise Broken(f"{where} has shape {got.shape}, not {expected.shape}", got, expected)
    if expected.dtype.kind == "f" and got.dtype.kind != "f":
        raise Broken(f"{where} has type {got.dtype}, not a floating one", got, expected)


def _is_real(got: Any) -> bool:
    return isinstance(got, np.ndarray | np.generic) and got.ndim == 0 and got.dtype.kind in "iuf"
