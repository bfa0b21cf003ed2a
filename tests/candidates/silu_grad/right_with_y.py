"""From the value y = silu(x): s + beta y (1 - s)."""
import numpy as np


def silu_grad(x, beta=1.0):
    x = np.asarray(x)
    x = x.astype(float) if x.dtype.kind != "f" else x
    s = 0.5 + 0.5 * np.tanh(beta * x / 2)
    y = x * s
    return s + beta * y * (1 - s)
