"""The exact GELU, where the approximation was asked."""
# breaks: agrees with the reference
from math import erfc, sqrt

import numpy as np


@np.vectorize
def _gelu(v):
    return float(v) * erfc(-v / sqrt(2)) / 2


def gelu_tanh(x):
    return _gelu(x)
