"""Sums over the positive side, on which alpha does not act."""
# breaks: agrees with the reference
import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    g = upstream * np.where(x > 0, x, 0.0)
    if shared:
        return float(np.sum(g))
    others = tuple(i for i in range(x.ndim) if i != axis % x.ndim)
    return np.sum(g, axis=others)
