"""Puts 1 instead of 2 over the sum of the fans."""
# breaks: spread of a dense layer
from math import prod, sqrt


def xavier_init(shape, rng):
    """Glorot normal."""
    field = prod(shape[:-2])
    return rng.normal(0.0, sqrt(1.0 / (field * (shape[-2] + shape[-1]))), size=shape)
