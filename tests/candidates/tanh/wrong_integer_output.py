"""The result is stored in an array of the integers' type."""
# breaks: integers
import numpy as np


def tanh(x):
    out = np.zeros_like(x)
    out[...] = np.tanh(x)
    return out
