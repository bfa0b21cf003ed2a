"""A diagonal matrix of slopes applied to the negative part."""
import numpy as np


def prelu(x, alpha, axis=-1):
    x = np.asarray(x, dtype=float)
    n = x.shape[axis]
    a = np.broadcast_to(np.asarray(alpha, dtype=float), (n,))
    neg = np.moveaxis(np.minimum(x, 0), axis, 0)
    scaled = np.einsum("c,c...->c...", a, neg)
    return np.maximum(x, 0) + np.moveaxis(scaled, 0, axis)
