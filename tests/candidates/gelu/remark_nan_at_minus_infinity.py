"""Good digits everywhere, but -inf times a probability of 0 is NaN."""
# remarks: infinities and NaN
import math

import numpy as np


def gelu(x):
    """x * Phi(x)"""
    x = np.asarray(x)
    tail = np.frompyfunc(math.erfc, 1, 1)
    return x * (0.5 * tail(-x / math.sqrt(2)).astype(float))
