"""Starts from zeros and fills the active places; float32 stays float32."""
import numpy as np


def relu_grad(x):
    kind = x.dtype if np.issubdtype(x.dtype, np.floating) else np.float64
    grad = np.zeros(x.shape, kind)
    grad[x > 0] = 1
    return grad
