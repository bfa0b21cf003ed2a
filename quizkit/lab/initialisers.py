"""How far initial weights spread: the standard deviation of a normal distribution around 0."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

Initialiser: TypeAlias = Callable[[int, int], float]
# (fan_in, fan_out) -> standard deviation


def he(fan_in: int, _fan_out: int) -> float:
    """Return sqrt(2 / fan_in), for units that pass half of their inputs (He, Zhang, Ren & Sun 2015)."""
    return math.sqrt(2 / fan_in)


def xavier(fan_in: int, fan_out: int) -> float:
    """Return sqrt(2 / (fan_in + fan_out)), for units that are linear around 0 (Glorot & Bengio 2010)."""
    return math.sqrt(2 / (fan_in + fan_out))


def lecun(fan_in: int, _fan_out: int) -> float:
    """Return sqrt(1 / fan_in), which SELU asks for (LeCun, Bottou, Orr & Müller 1998)."""
    return math.sqrt(1 / fan_in)
