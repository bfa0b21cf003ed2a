"""Forgets the 2 that makes up for the half a ReLU takes away."""
# breaks: spread of a dense layer
import numpy as np


def he_init(shape, rng, a=0.0):
    fan_in = int(np.prod(shape[:-1]))
    std = (1.0 / ((1 + a**2) * fan_in)) ** 0.5
    return rng.normal(0.0, std, shape)
