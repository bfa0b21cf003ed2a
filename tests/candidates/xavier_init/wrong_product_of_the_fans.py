"""Multiplies the fans instead of adding them."""
# breaks: spread of a dense layer
import numpy as np


def xavier_init(shape, rng):
    n = int(np.prod(shape[:-2]))
    fan_in, fan_out = n * shape[-2], n * shape[-1]
    return np.sqrt(2.0 / (fan_in * fan_out)) * rng.normal(size=shape)
