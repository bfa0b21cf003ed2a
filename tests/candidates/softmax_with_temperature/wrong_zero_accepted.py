"""T = 0 quietly becomes NaN, a negative T reverses the ranking."""
# breaks: errors
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    z = np.asarray(z, dtype=float)
    e = np.exp((z - z.max(axis=axis, keepdims=True)) / T)
    return e / e.sum(axis=axis, keepdims=True)
