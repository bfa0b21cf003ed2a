"""s + 2 x s (1 - s) u', with s = sigmoid(2u)."""
import numpy as np


def sigmoid(t):
    out = np.empty_like(t)
    pos = t >= 0
    out[pos] = 1 / (1 + np.exp(-t[pos]))
    e = np.exp(t[~pos])
    out[~pos] = e / (1 + e)
    return out


def gelu_tanh_grad(x):
    x = np.array(x, dtype=float)
    k = np.sqrt(2 / np.pi)
    s = sigmoid(2 * k * (x + 0.044715 * x**3))
    return s + 2 * x * s * (1 - s) * k * (1 + 3 * 0.044715 * x**2)
