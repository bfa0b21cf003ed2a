"""Draws from He's uniform distribution: the right spread, but no tails."""
# breaks: normal, not uniform
from math import prod, sqrt


def he_init(shape, rng, a=0.0):
    limit = sqrt(6 / ((1 + a**2) * prod(shape[:-1])))
    return rng.uniform(-limit, limit, shape)
