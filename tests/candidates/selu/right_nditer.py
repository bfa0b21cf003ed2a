"""Walks over the entries of input and output together."""
import math

import numpy as np


def selu(x):
    l, a = 1.0507009873554805, 1.6732632423543772
    x = np.asarray(x, dtype=float)
    y = np.empty(x.shape)
    for i, v in np.ndenumerate(x):
        y[i] = l * v if v > 0 else l * a * (math.exp(v) - 1)
    return y
