"""Starts with alpha everywhere."""
import numpy as np


def leaky_relu_grad(x, alpha=0.01):
    x = np.asarray(x)
    out = np.full(x.shape, alpha, dtype=x.dtype if x.dtype.kind == "f" else float)
    out[x > 0] = 1
    return out
