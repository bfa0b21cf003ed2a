"""Draws uniformly between minus and plus the standard deviation."""
# breaks: spread of a dense layer
from math import prod, sqrt


def he_init(shape, rng, a=0.0):
    std = sqrt(2 / ((1 + a**2) * prod(shape[:-1])))
    return rng.uniform(-std, std, shape)
