"""Writes into an array of the type of x, where fractions are cut off."""
# breaks: integers
import numpy as np


def prelu(x, alpha, axis=-1):
    out = x.copy()
    shape = [1] * x.ndim
    if np.ndim(alpha):
        shape[axis] = len(alpha)
        alpha = alpha.reshape(shape)
    slopes = np.broadcast_to(alpha, x.shape)
    out[x < 0] = slopes[x < 0] * x[x < 0]
    return out
