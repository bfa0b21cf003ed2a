"""Subtracts the plain mean of g, not the mean under p."""
# breaks: sums to zero
import numpy as np


def softmax_vjp(p, g, axis=-1):
    g = np.asarray(g, dtype=float)
    centred = g - np.mean(g, axis=axis, keepdims=True)
    return p * centred
