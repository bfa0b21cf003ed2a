"""Calls a unit dead as soon as it is 0 on one sample."""
# breaks: agrees with the reference
import numpy as np


def count_dead_neurons(hidden):
    hidden = np.asarray(hidden)
    if hidden.shape[0] == 0:
        raise ValueError("no samples")
    axes = tuple(range(hidden.ndim - 1))
    return int(np.any(hidden == 0, axis=axes).sum())
