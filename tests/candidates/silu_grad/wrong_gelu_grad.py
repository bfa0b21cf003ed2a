"""The derivative of GELU."""
# breaks: agrees with the reference
import math

import numpy as np


def silu_grad(x, beta=1.0):
    t = beta * np.asarray(x, dtype=float)
    cdf = np.vectorize(math.erfc, otypes=[float])(-t / math.sqrt(2)) / 2
    return cdf + t * np.exp(-t * t / 2) / math.sqrt(2 * math.pi)
