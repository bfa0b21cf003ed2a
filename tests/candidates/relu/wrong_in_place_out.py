"""Writes the maximum back into the argument through out=, then hands out a copy."""
# breaks: leaves its arguments alone
import numpy as np


def relu(x):
    np.maximum(x, 0, out=x)
    return x.copy()
