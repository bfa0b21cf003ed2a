import math

import numpy as np


def xavier_init(shape, rng):
    weights = np.empty(shape)
    std = math.sqrt(2 / (weights.size // shape[-1] + weights.size // shape[-2]))
    for index in np.ndindex(*shape):
        weights[index] = rng.normal(0, std)
    return weights
