"""Takes the standard deviation for the limit and ends up too narrow by sqrt(3)."""
# breaks: spread of a dense layer
import numpy as np


def xavier_uniform(shape, rng):
    field = np.prod(shape[:-2])
    std = np.sqrt(2.0 / (field * shape[-2] + field * shape[-1]))
    return rng.uniform(-std, std, size=shape)
