"""Divides by 1 + a instead of 1 + a squared."""
# breaks: slope of a leaky ReLU
import numpy as np


def he_init(shape, rng, a=0.0):
    fan_in = np.prod(shape[:-1])
    return rng.normal(size=shape) * np.sqrt(2 / ((1 + a) * fan_in))
