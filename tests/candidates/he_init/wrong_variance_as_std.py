"""Passes the variance 2 / fan_in where the standard deviation belongs."""
# breaks: spread of a dense layer
import numpy as np


def he_init(shape, rng, a=0.0):
    fan_in = np.prod(shape[:-1])
    return rng.normal(0, 2 / ((1 + a**2) * fan_in), size=shape)
