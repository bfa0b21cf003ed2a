import numpy as np


def xavier_uniform(shape, rng):
    field = np.prod(shape[:-2])
    limit = np.sqrt(6.0 / (field * sum(shape[-2:])))
    return (2.0 * rng.random(shape) - 1.0) * limit
