"""One number at a time with the math module."""
import math

import numpy as np


def _one(value, alpha):
    return value if value > 0 else alpha * math.expm1(value)


def elu(x, alpha=1.0):
    x = np.asarray(x)
    flat = [_one(float(value), alpha) for value in x.ravel()]
    return np.array(flat, dtype=float).reshape(x.shape)
