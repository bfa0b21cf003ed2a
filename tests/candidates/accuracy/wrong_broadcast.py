"""Compares a column with a row, which NumPy spreads out to (n, n)."""
# breaks: labels as a row or a column
import numpy as np


def accuracy(a2, y):
    return np.mean((a2 > 0.5) == y)
