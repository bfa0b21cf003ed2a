"""Masks are multiplied in, and 0 times the infinity of exp(1000) is NaN."""
# breaks: stable for large input
import numpy as np


def elu(x, alpha=1.0):
    pos = (x > 0) * x
    neg = (x <= 0) * alpha * (np.exp(x) - 1)
    return pos + neg
