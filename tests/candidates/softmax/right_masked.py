"""exp only where it can matter; what is 745 below the maximum is 0 in any case."""
import numpy as np


def softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    below = z - z.max(axis=axis, keepdims=True)
    e = np.zeros_like(below)
    keep = below > -745.2
    e[keep] = np.exp(below[keep])
    e /= e.sum(axis=axis, keepdims=True)
    return e
