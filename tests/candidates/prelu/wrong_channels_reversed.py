"""Gives the slopes to the channels in reverse order."""
# breaks: agrees with the reference
import numpy as np


def prelu(x, alpha, axis=-1):
    y = np.moveaxis(x, axis, -1)
    slopes = np.atleast_1d(alpha)[::-1]
    return np.moveaxis(np.where(y > 0, y, slopes * y), -1, axis)
