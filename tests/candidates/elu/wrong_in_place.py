"""Writes the negative branch into the caller's array."""
# breaks: leaves its arguments alone
import numpy as np


def elu(x, alpha=1.0):
    if x.dtype.kind != "f":
        x = x.astype(float)
    neg = x < 0
    x[neg] = alpha * np.expm1(x[neg])
    return x
