"""A temperature of 0 is refused, but by an AssertionError."""
# breaks: errors
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    assert T > 0, "temperature must be positive"
    z = np.asarray(z, dtype=float)
    e = np.exp((z - z.max(axis=axis, keepdims=True)) / T)
    return e / e.sum(axis=axis, keepdims=True)
