"""Subtracts the sum of g, not of g times p."""
# breaks: a constant in g changes nothing
import numpy as np


def softmax_vjp(p, g, axis=-1):
    g = np.asarray(g, dtype=float)
    return p * (g - g.sum(axis=axis, keepdims=True))
