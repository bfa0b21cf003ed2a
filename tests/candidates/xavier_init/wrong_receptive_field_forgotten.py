"""Counts channels only and forgets the size of the kernel."""
# breaks: spread of a convolution
import numpy as np


def xavier_init(shape, rng):
    fan_in, fan_out = shape[-2:]
    std = np.sqrt(2.0 / (fan_in + fan_out))
    return rng.normal(0.0, std, size=shape)
