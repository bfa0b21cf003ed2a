"""Computes in double, gives back what came in."""
import math
import numpy as np


def _floating(x):
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


def gelu_grad(x):
    x = _floating(np.asarray(x))
    v = x.astype(np.float64)
    cdf = np.fromiter((0.5 * math.erfc(-t / math.sqrt(2)) for t in v.flat), float, v.size).reshape(v.shape)
    with np.errstate(all="ignore"):
        bump = np.where(np.abs(v) < 50, v * np.exp(-v * v / 2), 0)
    return (cdf + bump / math.sqrt(2 * math.pi)).astype(x.dtype)
