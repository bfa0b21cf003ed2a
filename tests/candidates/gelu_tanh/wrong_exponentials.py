"""tanh written out with exp(2u), which overflows: inf / inf is NaN."""
# breaks: stable for large input
import numpy as np


def tanh(u):
    e = np.exp(2 * u)
    return (e - 1) / (e + 1)


def gelu_tanh(x):
    x = np.asarray(x, dtype=float)
    return 0.5 * x * (1 + tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
