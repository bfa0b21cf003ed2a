"""Turns uniform numbers into normal ones through the inverse of the normal distribution."""
from statistics import NormalDist

import numpy as np


def xavier_init(shape, rng):
    field = int(np.prod(shape[:-2]))
    normal = NormalDist(0.0, (2.0 / (field * shape[-2] + field * shape[-1])) ** 0.5)
    u = rng.random(shape) * (1 - 2**-52) + 2**-53
    return np.vectorize(normal.inv_cdf, otypes=[float])(u)
