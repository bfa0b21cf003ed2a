"""One number at a time, choosing by its sign."""
import math

import numpy as np


def sigmoid(x):
    def one(v):
        e = math.exp(-abs(v))
        return 1 / (1 + e) if v >= 0 else e / (1 + e)

    return np.array([one(v) for v in np.ravel(x)], dtype=float).reshape(np.shape(x))
