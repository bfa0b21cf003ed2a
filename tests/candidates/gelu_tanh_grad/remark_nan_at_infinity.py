"""The textbook derivative: at infinity 0 is multiplied by inf."""
# remarks: infinities and NaN
import numpy as np


def gelu_tanh_grad(x):
    x = np.asarray(x, dtype=float)
    k = np.sqrt(2 / np.pi)
    t = np.tanh(k * (x + 0.044715 * x**3))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * k * (1 + 3 * 0.044715 * x**2)
