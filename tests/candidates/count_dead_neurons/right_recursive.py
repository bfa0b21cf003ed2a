from functools import reduce

import numpy as np


def _silent(block):
    """Which units are silent in a block of any number of dimensions."""
    if block.ndim == 1:
        return block == 0
    return reduce(np.logical_and, map(_silent, block))


def count_dead_neurons(hidden):
    if hidden.shape[0] == 0:
        raise ValueError("no samples")
    return sum(bool(dead) for dead in _silent(hidden))
