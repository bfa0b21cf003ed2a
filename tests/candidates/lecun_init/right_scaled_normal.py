import numpy as np


def lecun_init(shape, rng):
    """Variance 1 / fan_in."""
    fan_in = np.prod(shape[:-1])
    return rng.standard_normal(size=shape) / np.sqrt(fan_in)
