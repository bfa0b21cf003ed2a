"""T stands in the denominator only."""
# breaks: sums to one
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    if T <= 0:
        raise ValueError("T must be positive, got %r" % T)
    z = np.asarray(z, dtype=float)
    top = z.max(axis=axis, keepdims=True)
    return np.exp(z - top) / np.exp((z - top) / T).sum(axis=axis, keepdims=True)
