import numpy as np


def xavier_uniform(shape, rng):
    *kernel, n_in, n_out = shape
    limit = np.float32((6 / (int(np.prod(kernel)) * (n_in + n_out))) ** 0.5)
    u = rng.random(shape, dtype=np.float32)
    return limit * (u + u - np.float32(1))
