"""A scalar product for each channel."""
import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    channels = x.shape[axis]
    u = np.moveaxis(upstream, axis, 0).reshape(channels, -1)
    n = np.moveaxis(np.where(x < 0, x, 0.0), axis, 0).reshape(channels, -1)
    per_channel = np.einsum("ci,ci->c", u, n)
    return per_channel.sum() if shared else per_channel
