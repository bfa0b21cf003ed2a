"""Forgets the gradient from above."""
# breaks: agrees with the reference
import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    local = np.minimum(x, 0.0)
    if shared:
        return local.sum()
    return np.moveaxis(local, axis, -1).reshape(-1, x.shape[axis]).sum(axis=0)
