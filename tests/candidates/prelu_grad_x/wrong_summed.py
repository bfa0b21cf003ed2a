"""Sums the slopes over the batch and every place of a map."""
# breaks: shape
import numpy as np


def prelu_grad_x(x, alpha, axis=-1):
    moved = np.moveaxis(x, axis, -1)
    local = np.where(moved > 0, 1.0, alpha)
    return local.reshape(-1, moved.shape[-1]).sum(axis=0)
