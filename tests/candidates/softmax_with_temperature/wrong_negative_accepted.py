"""Only T = 0 is refused; a negative T reverses the ranking."""
# breaks: errors
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    if T == 0:
        raise ValueError("division by zero temperature")
    z = np.asarray(z, dtype=float) / T
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
