"""Reshapes the slopes for broadcasting."""
import numpy as np


def prelu(x, alpha, axis=-1):
    alpha = np.asarray(alpha)
    if alpha.ndim == 1:
        shape = np.ones(x.ndim, dtype=int)
        shape[axis] = alpha.size
        alpha = alpha.reshape(shape)
    return np.where(x >= 0, x, alpha * x)
