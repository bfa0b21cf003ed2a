"""1 - tanh^2 as 4 exp(2u) / (exp(2u) + 1)^2: inf / inf is NaN."""
# breaks: stable for large input
import numpy as np


def gelu_tanh_grad(x):
    x = np.asarray(x, dtype=float)
    k = np.sqrt(2 / np.pi)
    e = np.exp(2 * k * (x + 0.044715 * x**3))
    sech2 = 4 * e / (e + 1) ** 2
    return e / (e + 1) + 0.5 * x * sech2 * k * (1 + 0.134145 * x**2)
