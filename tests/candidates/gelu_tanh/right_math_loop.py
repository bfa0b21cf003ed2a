"""One number at a time with math.tanh."""
import math

import numpy as np


def _one(v):
    v = float(v)
    u = math.sqrt(2 / math.pi) * (v + 0.044715 * v**3)
    return 0.5 * v * (1 + math.tanh(u))


def gelu_tanh(x):
    arr = np.asarray(x)
    return np.array([_one(v) for v in arr.ravel()], dtype=float).reshape(arr.shape)
