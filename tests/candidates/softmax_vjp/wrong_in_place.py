"""The upstream gradient is overwritten."""
# breaks: leaves its arguments alone
import numpy as np


def softmax_vjp(p, g, axis=-1):
    p, g = np.asarray(p, dtype=float), np.asarray(g, dtype=float)
    g -= (p * g).sum(axis=axis, keepdims=True)
    return p * g
