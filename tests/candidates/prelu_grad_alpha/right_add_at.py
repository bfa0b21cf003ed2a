"""Scatters the contributions to their channels."""
import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    grad = np.zeros(x.shape[axis])
    channel = np.indices(x.shape)[axis]
    negative = x < 0
    np.add.at(grad, channel[negative], (upstream * x)[negative])
    if shared:
        return np.sum(grad)
    return grad
