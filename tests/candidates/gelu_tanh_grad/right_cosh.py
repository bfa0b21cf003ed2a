"""With 1/cosh^2, which overflows into the right 0."""
import numpy as np


def gelu_tanh_grad(x):
    x = np.asarray(x, dtype=float)
    k = (2 / np.pi) ** 0.5
    u = k * x * (1 + 0.044715 * x * x)
    du = k * (1 + 0.134145 * x * x)
    with np.errstate(over="ignore"):
        return 0.5 * (1 + np.tanh(u) + x * du / np.cosh(u) ** 2)
