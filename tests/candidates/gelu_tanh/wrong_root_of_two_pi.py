"""sqrt(2 pi) instead of sqrt(2 / pi)."""
# breaks: close to the exact GELU
import numpy as np

K = np.sqrt(2 * np.pi)


def gelu_tanh(x):
    x = x.astype(float)
    u = K * (x + 0.044715 * x * x * x)
    return x * (1 + np.tanh(u)) / 2
