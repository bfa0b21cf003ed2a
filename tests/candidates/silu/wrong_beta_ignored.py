"""Takes beta and never reads it."""
# breaks: arguments
import numpy as np


def silu(x, beta=1.0):
    """Sigmoid linear unit."""
    x = np.asarray(x, dtype=float)
    z = np.exp(-np.abs(x))
    return x * np.where(x >= 0, 1, z) / (1 + z)
