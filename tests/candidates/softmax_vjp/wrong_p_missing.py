"""g - sum(g p): the factor p in front is missing."""
# breaks: agrees with the reference
import numpy as np


def softmax_vjp(p, g, axis=-1):
    p = np.asarray(p, dtype=float)
    return g - np.sum(g * p, axis=axis, keepdims=True)
