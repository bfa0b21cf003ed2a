"""Multiplies in place, so that the caller's array is overwritten."""
# breaks: leaves its arguments alone
import math

import numpy as np


def gelu(x):
    phi = np.vectorize(lambda v: 0.5 * math.erfc(-v * math.sqrt(0.5)), otypes=[float])(x)
    if x.dtype.kind != "f":
        return x * phi
    x *= phi
    return x
