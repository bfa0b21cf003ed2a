"""Draws between 0 and the limit."""
# breaks: centred on zero
import numpy as np


def xavier_uniform(shape, rng):
    field = np.prod(shape[:-2])
    limit = np.sqrt(6.0 / (field * (shape[-2] + shape[-1])))
    return limit * rng.random(shape)
