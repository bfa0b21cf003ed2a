"""Assumes a leaky ReLU of slope 1 unless told otherwise."""
# breaks: spread of a dense layer
import numpy as np


def he_init(shape, rng, a=1.0):
    fan_in = np.prod(shape[:-1])
    return rng.normal(0.0, np.sqrt(2 / ((1 + a**2) * fan_in)), shape)
