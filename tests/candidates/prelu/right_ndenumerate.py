"""Looks up the slope of each entry by its index."""
import numpy as np


def prelu(x, alpha, axis=-1):
    per_channel = np.ndim(alpha) == 1
    out = np.zeros(np.shape(x))
    for index, v in np.ndenumerate(x):
        a = alpha[index[axis]] if per_channel else alpha
        out[index] = v if v > 0 else a * v
    return out
