"""Probabilities to the power T; it should be 1 / T, and normalised again."""
# breaks: arguments
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    if not T > 0:
        raise ValueError("T")
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    p = e / e.sum(axis=axis, keepdims=True)
    return p ** T
