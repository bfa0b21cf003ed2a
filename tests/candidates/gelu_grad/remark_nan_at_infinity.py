"""The formula as it stands: inf times a density of 0 is NaN."""
# remarks: infinities and NaN
import math

import numpy as np


def gelu_grad(x):
    x = np.asarray(x, dtype=float)
    cdf = np.vectorize(math.erfc, otypes=[float])(-x * math.sqrt(0.5)) / 2
    pdf = np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)
    return cdf + x * pdf
