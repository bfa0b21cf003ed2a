"""Counts zeros instead of units."""
# breaks: agrees with the reference
import numpy as np


def count_dead_neurons(hidden):
    if hidden.shape[0] == 0:
        raise ValueError("hidden is empty")
    return int(np.sum(hidden == 0))
