"""Gives every weight the same value, the standard deviation."""
# breaks: another seed, other weights
import numpy as np


def he_init(shape, rng, a=0.0):
    fan_in = np.prod(shape[:-1])
    return np.full(shape, np.sqrt(2.0 / ((1 + a**2) * fan_in)))
