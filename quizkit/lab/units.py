"""What hidden units do over all samples: how often they are on, and whether they are silent or stuck."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from quizkit.lab.activations import Array, Slope

Bools: TypeAlias = NDArray[np.bool_]

STUCK = 1e-3
# a unit is stuck where |f'(z)| stays below this on every sample


def active(z: Array) -> Array:
    """Return on which share of the samples, the last axis, each unit is on: z > 0."""
    # a narrow type for the sums: bools are added up four times as fast
    share: Array = (z > 0).sum(axis=-1, dtype=np.uint32) / z.shape[-1]
    return share


def silent(z: Array) -> Bools:
    """Return which units have a pre-activation z <= 0 on every sample, the last axis."""
    nowhere: Bools = ~(z.max(axis=-1) > 0)
    return nowhere


def stuck(slope: Slope) -> Bools:
    """Return which units have |f'(z)| < STUCK on every sample, the last axis."""
    if slope.dtype == bool:
        flat: Bools = np.logical_not(slope.any(axis=-1))
        return flat
    weak: Bools = np.less(slope.max(axis=-1), STUCK)
    if weak.any():
        weak = np.logical_and(weak, slope.min(axis=-1) > -STUCK)
    return weak
