"""A careful sigmoid, but -inf times 0 is NaN."""
# remarks: infinities and NaN
import numpy as np


def sigmoid(t):
    """Numerically stable."""
    e = np.exp(-np.abs(t))
    return np.where(t >= 0, 1.0, e) / (1.0 + e)


def silu(x, beta=1.0):
    x = np.asarray(x, dtype=float)
    return x * sigmoid(beta * x)
