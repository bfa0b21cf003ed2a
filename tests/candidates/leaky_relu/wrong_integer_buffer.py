"""Writes into an array of the type of x, where -0.01 becomes 0 for integers."""
# breaks: integers
import numpy as np


def leaky_relu(x, alpha=0.01):
    out = np.empty_like(x)
    pos = x > 0
    out[pos] = x[pos]
    out[~pos] = alpha * x[~pos]
    return out
