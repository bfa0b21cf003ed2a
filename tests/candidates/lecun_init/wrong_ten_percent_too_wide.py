"""Adds ten percent to the spread, after a rule of thumb."""
# breaks: spread of a dense layer
import numpy as np

GAIN = 1.1


def lecun_init(shape, rng):
    fan_in = np.prod(shape[:-1])
    return rng.normal(0.0, GAIN / np.sqrt(fan_in), shape)
