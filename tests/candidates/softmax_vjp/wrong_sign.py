"""p (sum(g p) - g): the sign is wrong."""
# breaks: cross-entropy
import numpy as np


def softmax_vjp(p, g, axis=-1):
    p = np.asarray(p, dtype=float)
    s = (g * p).sum(axis=axis, keepdims=True)
    return p * (s - g)
