"""Writes values as Python source that a learner can paste."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from quizkit.challenges.vocabulary import Array, Seed
from quizkit.judge.wire import Other, Rng

MOST = 40
# entries of an array that are shown
USUAL = ("float64", "int64", "bool")
# types that a literal has by itself; the first is that of no entries


def source(value: Any) -> str:
    """Return Python source for a value; a long array is described instead."""
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.generic):
        return f"{_type(value)}({_number(value.item())})"
    if isinstance(value, Seed | Rng):
        return f"np.random.default_rng({value.seed})"
    if isinstance(value, Other):
        return value.shown
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name!r}: {source(entry)}" for name, entry in value.items()) + "}"
    if isinstance(value, list):
        return f"[{_listed(value)}]"
    if isinstance(value, tuple):
        return f"({_listed(value)}{',' if len(value) == 1 else ''})"
    return _number(value) if isinstance(value, float) else repr(value)


def _listed(values: list[Any] | tuple[Any, ...]) -> str:
    shown = ", ".join(source(value) for value in values[:MOST])
    return shown + (f", … {len(values) - MOST} more" if len(values) > MOST else "")


def _array(array: Array) -> str:
    if array.size > MOST:
        return f"{array.dtype} array of shape {array.shape}"
    usual = USUAL if array.size else USUAL[:1]
    dtype = "" if array.dtype.name in usual else f", dtype={_type(array)}"
    if array.size == 0:
        return f"np.zeros({array.shape}{dtype})"
    return f"np.array({_nested(array.tolist())}{dtype})"


def _type(value: Array | np.generic) -> str:
    return "np.bool_" if value.dtype.name == "bool" else f"np.{value.dtype}"


def _nested(entries: Any) -> str:
    return f"[{', '.join(map(_nested, entries))}]" if isinstance(entries, list) else _number(entries)


def _number(value: Any) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return "np.nan" if math.isnan(value) else "np.inf" if value > 0 else "-np.inf"
    return repr(value if value or isinstance(value, bool) else abs(value))
    # without the sign of -0.0, on which no judgement hangs
