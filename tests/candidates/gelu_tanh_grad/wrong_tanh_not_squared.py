"""1 - tanh instead of 1 - tanh squared."""
# breaks: slopes at x and -x add up to 1
import numpy as np


def gelu_tanh_grad(x):
    """Derivative of gelu (tanh)."""
    x = np.asarray(x, dtype=np.float64)
    k = np.sqrt(2 / np.pi)
    t = np.tanh(k * (x + 0.044715 * x**3))
    dt = (1 - t) * k * (1 + 3 * 0.044715 * x**2)
    return 0.5 * (1 + t) + 0.5 * x * dt
