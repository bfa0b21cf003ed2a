"""sinh / cosh in the middle, the sign outside."""
import numpy as np


def tanh(x):
    x = np.asarray(x, dtype=np.float64)
    inner = np.clip(x, -50, 50)
    return np.where(np.abs(x) > 50, np.sign(x), np.sinh(inner) / np.cosh(inner))
