"""One number at a time."""
import numpy as np
from math import exp


def selu_grad(x):
    slopes = []
    for value in np.ravel(x):
        if value > 0:
            slopes.append(1.0507009873554805)
        else:
            slopes.append(1.0507009873554805 * 1.6732632423543772 * exp(value))
    return np.array(slopes, dtype=float).reshape(np.shape(x))
