"""The maximum of z is subtracted from z / T: the shift misses unless T is 1."""
# breaks: sums to one
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    if T <= 0:
        raise ValueError("T must be positive")
    z = np.asarray(z, dtype=float)
    e = np.exp(z / T - np.max(z, axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
