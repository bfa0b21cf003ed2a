"""An epsilon of 1e-10 hides below most tolerances, but the rows do not sum to 1."""
# breaks: sums to one
import numpy as np

EPS = 1e-10


def softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / (e.sum(axis=axis, keepdims=True) + EPS)
