"""The density as the square of exp(-x^2 / 4), the gate by np.frompyfunc."""
import math

import numpy as np

half_erfc = np.frompyfunc(lambda v: math.erfc(v) * 0.5, 1, 1)


def gelu_grad(x):
    z = np.asarray(x, dtype=np.float64)
    root = np.exp(-0.25 * z * z)
    gate = np.asarray(half_erfc(-z / 2**0.5), dtype=np.float64)
    return gate + z * root * root * (2 * np.pi) ** -0.5
