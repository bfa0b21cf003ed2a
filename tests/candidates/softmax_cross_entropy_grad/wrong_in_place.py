"""Turns the caller's logits into the gradient."""
# breaks: leaves its arguments alone

import numpy as np


def softmax_cross_entropy_grad(logits, labels):
    g = np.asarray(logits, dtype=float)
    g -= g.max(axis=1, keepdims=True)
    np.exp(g, out=g)
    g /= g.sum(axis=1, keepdims=True)
    g[np.arange(g.shape[0]), labels] -= 1.0
    g /= g.shape[0]
    return g
