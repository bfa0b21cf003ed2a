"""Entry by entry, with the far ends decided without erf."""
import math
import numpy as np


def gelu_one(v):
    if v > 9:
        return v
    if v < -39:
        return 0.0
    return v * math.erfc(-v / math.sqrt(2)) / 2


def gelu(x):
    flat = np.ravel(x)
    result = np.zeros(flat.size, dtype=flat.dtype if flat.dtype.kind == "f" else "f8")
    for i in range(flat.size):
        result[i] = gelu_one(float(flat[i]))
    return result.reshape(np.shape(x))
