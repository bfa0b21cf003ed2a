"""Takes the limit of the uniform version for the standard deviation of a normal."""
# breaks: spread of a dense layer
import numpy as np


def xavier_init(shape, rng):
    field = np.prod(shape[:-2])
    fan_in = shape[-2] * field
    fan_out = shape[-1] * field
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.standard_normal(shape) * limit
