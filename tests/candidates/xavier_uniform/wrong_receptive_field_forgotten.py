"""Counts channels only and forgets the size of the kernel."""
# breaks: spread of a convolution
import numpy as np


def xavier_uniform(shape, rng):
    fan_in, fan_out = shape[-2], shape[-1]
    limit = np.sqrt(6.0 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, shape)
