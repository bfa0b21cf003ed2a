"""0.44715 for 0.044715: a zero lost in copying."""
# breaks: close to the exact GELU
import numpy as np


def gelu_tanh(x):
    x = np.asarray(x) * 1.0
    cubic = 0.44715 * x**3
    return x / 2 * (1 + np.tanh((x + cubic) * np.sqrt(2 / np.pi)))
