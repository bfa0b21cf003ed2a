"""Builds the one-hot matrix from np.equal.outer, in one expression."""

from functools import reduce

import numpy as np


def softmax_cross_entropy_grad(scores, labels):
    steps = (
        lambda z: np.exp(z - z.max(axis=-1, keepdims=True)),
        lambda e: e / e.sum(axis=-1, keepdims=True),
        lambda p: p - np.equal.outer(labels, np.arange(p.shape[1])),
        lambda d: d / d.shape[0],
    )
    return reduce(lambda value, step: step(value), steps, scores)
