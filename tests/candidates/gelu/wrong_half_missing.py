"""The factor 1/2 is missing: x (1 + erf(x / sqrt 2)) is twice too large."""
# breaks: f(x) - f(-x) = x
from math import erf, sqrt

import numpy as np


def gelu(x):
    x = np.asarray(x, dtype=np.float64)
    out = np.empty_like(x)
    for i, v in np.ndenumerate(x):
        out[i] = v * (1 + erf(v / sqrt(2)))
    return out
