"""Looks at fan_in only, which is LeCun's rule."""
# breaks: spread of a dense layer
import numpy as np


def xavier_init(shape, rng):
    fan_in = np.prod(shape[:-1])
    return rng.normal(0.0, 1.0 / np.sqrt(fan_in), shape)
