"""The maximum is taken along the axis, but the sum over the whole array."""
# breaks: every row by itself
import numpy as np


def softmax(x, axis=-1):
    x = np.array(x, dtype=np.float64)
    x -= x.max(axis, keepdims=True)
    ex = np.exp(x)
    return ex / ex.sum()
