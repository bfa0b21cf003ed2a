"""The cube is differentiated to x squared, without the factor 3."""
# breaks: the slope of the tanh form
import numpy as np

A, C = np.sqrt(2 / np.pi), 0.044715


def gelu_tanh_grad(x):
    x = x.astype(float)
    tanh = np.tanh(A * (x + C * x**3))
    d_inner = A * (1 + C * x**2)
    return 0.5 * (1 + tanh) + 0.5 * x * (1 - tanh**2) * d_inner
