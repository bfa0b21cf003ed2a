"""Logits are multiplied by T, so heat sharpens."""
# breaks: arguments
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    if T <= 0:
        raise ValueError("temperature must be positive")
    s = np.asarray(z, dtype=float) * T
    s = s - s.max(axis=axis, keepdims=True)
    e = np.exp(s)
    return e / e.sum(axis=axis, keepdims=True)
