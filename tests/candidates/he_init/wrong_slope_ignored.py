"""Accepts the slope of the leaky ReLU and forgets it."""
# breaks: slope of a leaky ReLU
import numpy as np


def he_init(shape, rng, a=0.0):
    *kernel, n_in, n_out = shape
    fan_in = int(np.prod(kernel)) * n_in
    return rng.normal(loc=0.0, scale=np.sqrt(2.0 / fan_in), size=(*kernel, n_in, n_out))
