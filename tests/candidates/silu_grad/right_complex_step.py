"""The complex step through the branch that cannot overflow."""
import numpy as np


def silu_grad(x, beta=1.0):
    h = 1e-30
    t = np.clip(beta * np.asarray(x, dtype=float), -700, 700)
    z = t + 1j * h
    sign = np.where(t < 0, -1, 1)
    e = np.exp(-sign * z)
    gate = np.where(t < 0, e, 1) / (1 + e)
    return (z * gate).imag / h
