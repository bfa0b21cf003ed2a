"""Sums over the first axis only: right for 2-d x, wrong for maps."""
# breaks: shape
import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    g = upstream * np.minimum(x, 0)
    if shared:
        return np.sum(g)
    return np.sum(g, axis=0 if axis % x.ndim == x.ndim - 1 else -1)
