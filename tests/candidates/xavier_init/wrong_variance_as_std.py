"""Passes the variance where the standard deviation belongs."""
# breaks: spread of a dense layer
import math


def xavier_init(shape, rng):
    n = math.prod(shape[:-2])
    return rng.normal(0.0, 2.0 / (n * shape[-2] + n * shape[-1]), shape)
