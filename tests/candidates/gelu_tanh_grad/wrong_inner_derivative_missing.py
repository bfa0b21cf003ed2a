"""The chain rule stops at the tanh: u' is missing."""
# breaks: the slope of the tanh form
import numpy as np


def gelu_tanh_grad(x):
    x = np.asarray(x, dtype=float)
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t * t)
