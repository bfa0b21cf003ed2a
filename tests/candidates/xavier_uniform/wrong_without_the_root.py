"""Forgets the square root of the limit."""
# breaks: spread of a dense layer
from math import prod


def xavier_uniform(shape, rng):
    k = prod(shape[:-2])
    limit = 6 / (k * shape[-2] + k * shape[-1])
    return rng.uniform(-limit, limit, shape)
