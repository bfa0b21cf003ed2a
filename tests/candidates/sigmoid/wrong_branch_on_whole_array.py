"""Chooses the formula for the whole array by its first entry, so the others may overflow to NaN."""
# breaks: stable for large input
import numpy as np


def sigmoid(x):
    if x.flat[0] >= 0:
        return 1 / (1 + np.exp(-x))
    return np.exp(x) / (1 + np.exp(x))
