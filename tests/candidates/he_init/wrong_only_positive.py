"""Scales rng.random, whose numbers are never negative."""
# breaks: centred on zero
import numpy as np


def he_init(shape, rng, a=0.0):
    fan_in = np.prod(shape[:-1])
    return rng.random(shape) * np.sqrt(2.0 / ((1.0 + a**2) * fan_in))
