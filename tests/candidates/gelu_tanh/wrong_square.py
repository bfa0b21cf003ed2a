"""x squared where x cubed should be."""
# breaks: close to the exact GELU
import numpy as np


def gelu_tanh(x):
    x = np.asarray(x, dtype=float)
    c = np.sqrt(2.0 / np.pi)
    return 0.5 * x * (1.0 + np.tanh(c * (x + 0.044715 * np.power(x, 2))))
