"""The textbook line on floats: right, but -inf gives NaN and the left tail is rounded to 0."""
# remarks: infinities and NaN
import numpy as np


def gelu_tanh(x):
    """Tanh approximation of GELU."""
    x = np.asarray(x, dtype=float)
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
