"""For positive beta: relu(x) - |x| / (1 + exp(beta |x|)); for the others by silu(x) - silu(-x) = x."""
import numpy as np


def silu(x, beta=1.0):
    x = np.asarray(x, dtype=float)
    if beta < 0:
        return x - silu(x, -beta)
    small = np.exp(-beta * np.abs(x))
    return np.maximum(x, 0.0) - np.abs(x) * small / (1 + small)
