"""Divides by fan_in instead of its root."""
# breaks: spread of a dense layer
import numpy as np


def lecun_init(shape, rng):
    fan_in = np.prod(shape[:-1])
    return rng.standard_normal(shape) / fan_in
