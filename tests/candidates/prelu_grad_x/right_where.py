"""Slopes in the shape of x, then ones where the gate is open."""
import numpy as np


def prelu_grad_x(x, alpha, axis=-1):
    channels_last = np.moveaxis(x, axis, -1)
    local = np.where(channels_last > 0, 1.0, alpha)
    return np.moveaxis(local, -1, axis)
