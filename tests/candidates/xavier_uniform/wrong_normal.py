"""Draws the normal version, which has no limits."""
# breaks: within the limits
import numpy as np


def xavier_uniform(shape, rng):
    field = np.prod(shape[:-2])
    return rng.normal(0.0, np.sqrt(2.0 / (field * (shape[-2] + shape[-1]))), shape)
