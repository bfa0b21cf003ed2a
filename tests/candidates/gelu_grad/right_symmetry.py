"""g(-x) = 1 - g(x), so that only one side has to be computed."""
import math

import numpy as np


def gelu_grad(x):
    x = np.asarray(x, dtype=float)
    a = np.abs(x)
    right = np.ones_like(a)
    for i in np.ndindex(*a.shape):
        if a[i] < 40:
            right[i] = 1 - math.erfc(a[i] / math.sqrt(2)) / 2 + a[i] * math.exp(-a[i] ** 2 / 2) / math.sqrt(2 * math.pi)
    return np.where(x >= 0, right, 1 - right)
