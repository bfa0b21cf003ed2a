"""Mask arithmetic with reshaped slopes."""
import numpy as np


def prelu_grad_x(x, alpha, axis=-1):
    x = np.asarray(x)
    a = np.asarray(alpha, dtype=float)
    if a.ndim:
        a = np.expand_dims(a, [i for i in range(x.ndim) if i != axis % x.ndim])
    right = (x > 0) * 1.0
    return right + (1.0 - right) * a
