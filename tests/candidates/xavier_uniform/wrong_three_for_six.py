"""Puts 3 under the root, as for a rule with one fan."""
# breaks: spread of a dense layer
import numpy as np


def xavier_uniform(shape, rng):
    k = int(np.prod(shape[:-2]))
    fan_in, fan_out = k * shape[-2], k * shape[-1]
    bound = np.sqrt(3.0 / (fan_in + fan_out))
    return rng.uniform(low=-bound, high=bound, size=shape)
