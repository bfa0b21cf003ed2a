"""Divides by the square root of T, as attention does with its dimension."""
# breaks: only the ratio counts
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    if T <= 0:
        raise ValueError("T must be positive")
    scores = np.asarray(z, dtype=float) / np.sqrt(T)
    scores -= scores.max(axis=axis, keepdims=True)
    weights = np.exp(scores)
    return weights / weights.sum(axis=axis, keepdims=True)
