"""Divides by T squared."""
# breaks: only the ratio counts
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    if T <= 0:
        raise ValueError("T must be positive")
    z = np.asarray(z, dtype=float) / T
    z = z - z.max(axis=axis, keepdims=True)
    e = np.exp(z / T)
    return e / e.sum(axis=axis, keepdims=True)
