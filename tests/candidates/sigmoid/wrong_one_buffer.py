"""Writes every result into one array that is kept between calls."""
# breaks: leaves its arguments alone
import numpy as np

_buffers = {}


def sigmoid(x):
    out = _buffers.setdefault(x.shape, np.empty(x.shape))
    np.exp(-np.logaddexp(0, -x), out=out)
    return out
