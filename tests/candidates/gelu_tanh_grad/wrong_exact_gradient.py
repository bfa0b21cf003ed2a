"""The derivative of the exact GELU, which differs by up to 8.7e-4."""
# breaks: agrees with the reference
import math

import numpy as np


def gelu_tanh_grad(x):
    x = np.asarray(x, dtype=float)
    cdf = 0.5 * np.vectorize(math.erfc, otypes=[float])(-x / math.sqrt(2))
    return cdf + x * np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
