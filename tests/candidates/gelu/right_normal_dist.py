"""The standard library knows the normal distribution."""
from statistics import NormalDist

import numpy as np

PHI = NormalDist().cdf


def gelu(x):
    x = np.array(x, dtype=float)
    return np.reshape([v * PHI(v) for v in x.flat], x.shape)
