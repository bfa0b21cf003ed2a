"""The tanh approximation, where the exact function was asked: off by up to 4.7e-4."""
# breaks: agrees with the reference
import numpy as np


def gelu(x):
    x = np.asarray(x, dtype=float)
    inner = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)
    return 0.5 * x * (1 + np.tanh(inner))
