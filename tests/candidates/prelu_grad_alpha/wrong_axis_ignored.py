"""Keeps the last axis, whatever axis says."""
# breaks: arguments
import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    g = upstream * np.minimum(x, 0)
    if shared:
        return g.sum()
    return g.sum(axis=tuple(range(x.ndim - 1)))
