"""Fills an array of the type of x: for integers the slopes are cut off."""
# breaks: integers
import numpy as np


def prelu_grad_x(x, alpha, axis=-1):
    g = np.ones_like(x)
    slopes = np.moveaxis(np.broadcast_to(alpha, np.moveaxis(x, axis, -1).shape), -1, axis)
    g[x < 0] = slopes[x < 0]
    return g
