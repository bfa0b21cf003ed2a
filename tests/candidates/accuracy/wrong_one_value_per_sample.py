"""Averages over the column, so that one number per sample comes back."""
# breaks: shape
import numpy as np


def accuracy(a2, y):
    return np.mean((a2 > 0.5) == y.reshape(-1, 1), axis=1)
