"""The derivative of the tanh approximation, where that of the exact function was asked."""
# breaks: agrees with the reference
import numpy as np


def gelu_grad(x):
    x = np.asarray(x, dtype=float)
    c = np.sqrt(2 / np.pi)
    t = np.tanh(c * (x + 0.044715 * x**3))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * c * (1 + 3 * 0.044715 * x**2)
