"""Averages where the chain rule sums."""
# breaks: agrees with the reference
import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    contributions = np.moveaxis(upstream * np.minimum(x, 0.0), axis, 0)
    if shared:
        return contributions.mean()
    return contributions.reshape(x.shape[axis], -1).mean(axis=1)
