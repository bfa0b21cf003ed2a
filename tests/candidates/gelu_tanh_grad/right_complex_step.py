"""The complex step: the imaginary part of f(x + ih) / h, which has no cancellation."""
import numpy as np

H = 1e-100


def f(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))


def gelu_tanh_grad(x):
    near = np.clip(np.asarray(x, dtype=float), -15, 15)
    return f(near + 1j * H).imag / H
