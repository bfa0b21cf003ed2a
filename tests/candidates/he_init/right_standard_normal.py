import numpy as np


def he_init(shape, rng, a=0.0):
    fan_in = np.prod(shape[:-1])
    gain = np.sqrt(2.0 / (1.0 + a * a))
    return rng.standard_normal(shape) * (gain / np.sqrt(fan_in))
