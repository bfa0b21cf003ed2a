"""The result is written into an array of the input's type: integers become 0 and 1."""
# breaks: integers
import numpy as np


def softmax(z, axis=-1):
    out = np.empty_like(z)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    out[...] = e / e.sum(axis=axis, keepdims=True)
    return out
