"""Draws from NumPy's global generator and leaves rng alone."""
# breaks: rng decides the weights
import numpy as np


def he_init(shape, rng, a=0.0):
    fan_in = np.prod(shape[:-1])
    std = np.sqrt(2.0 / ((1 + a**2) * fan_in))
    return np.random.randn(*shape) * std
