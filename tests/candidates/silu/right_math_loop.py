"""One number at a time; math.exp raises where NumPy would warn."""
from math import exp

import numpy as np


def _sigmoid(t):
    if t < 0:
        return 1 - _sigmoid(-t) if t > -1 else exp(t) / (1 + exp(t))
    return 1 / (1 + exp(-t))


def silu(x, beta=1.0):
    values = [v * _sigmoid(float(beta) * v) for v in np.ravel(x).tolist()]
    return np.asarray(values, dtype=float).reshape(np.shape(x))
