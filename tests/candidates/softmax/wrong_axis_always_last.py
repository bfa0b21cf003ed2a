"""The axis argument is there, but never read."""
# breaks: arguments
import numpy as np


def softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    m = z.max(axis=-1, keepdims=True)
    e = np.exp(z - m)
    return e / e.sum(axis=-1, keepdims=True)
