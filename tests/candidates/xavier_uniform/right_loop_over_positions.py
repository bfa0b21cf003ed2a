import math

import numpy as np


def glorot_limit(fan_in, fan_out):
    return math.sqrt(6) / math.sqrt(fan_in + fan_out)


def xavier_uniform(shape, rng):
    if len(shape) == 2:
        bound = glorot_limit(*shape)
        return rng.uniform(-bound, bound, shape)
    height, width, n_in, n_out = shape
    bound = glorot_limit(height * width * n_in, height * width * n_out)
    kernels = [[rng.uniform(-bound, bound, (n_in, n_out)) for _ in range(width)] for _ in range(height)]
    return np.array(kernels)
