"""Returns one entry per channel even when alpha is shared."""
# breaks: arguments
import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    g = np.moveaxis(upstream * np.minimum(x, 0), axis, -1)
    return g.reshape(-1, g.shape[-1]).sum(axis=0)
