"""Cuts the fractions off by casting the result to int."""
# breaks: shape
import numpy as np


def relu(x):
    out = np.zeros(x.shape, dtype=int)
    out[x > 0] = x[x > 0]
    return out
