"""Multiplies the positive side by alpha, too."""
# breaks: agrees with the reference
import numpy as np


def prelu(x, alpha, axis=-1):
    moved = np.moveaxis(np.asarray(x, dtype=float), axis, -1)
    return np.moveaxis(moved * alpha, -1, axis).copy()
