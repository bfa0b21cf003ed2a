"""Calls a unit dead when its mean is below a millionth."""
# breaks: the size of a value
import numpy as np


def count_dead_neurons(hidden, eps=1e-6):
    hidden = np.asarray(hidden, dtype=float)
    if hidden.size == 0:
        raise ValueError("no activations")
    mean = np.abs(hidden).reshape(-1, hidden.shape[-1]).mean(axis=0)
    return int((mean < eps).sum())
