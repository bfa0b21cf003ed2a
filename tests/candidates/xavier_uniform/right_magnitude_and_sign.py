import numpy as np


def xavier_uniform(shape, rng):
    """Draw sizes and signs apart."""
    size = int(np.prod(shape))
    limit = np.sqrt(6 / (size / shape[-1] + size / shape[-2]))
    signs = rng.choice([-1.0, 1.0], shape)
    return signs * rng.uniform(0, limit, shape)
