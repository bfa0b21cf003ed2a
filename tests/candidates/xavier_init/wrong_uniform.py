"""Draws the uniform version where the normal one is asked for."""
# breaks: normal, not uniform
import numpy as np


def xavier_init(shape, rng):
    field = np.prod(shape[:-2])
    limit = np.sqrt(6.0 / (field * (shape[-2] + shape[-1])))
    return rng.uniform(-limit, limit, size=shape)
