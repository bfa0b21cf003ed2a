"""Adds the values up, so that positive and negative ones cancel."""
# breaks: one more sample
import numpy as np


def count_dead_neurons(hidden):
    if hidden.shape[0] < 1:
        raise ValueError("empty batch")
    totals = hidden.sum(axis=tuple(range(hidden.ndim - 1)))
    return int(np.count_nonzero(totals == 0))
