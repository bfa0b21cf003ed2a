"""einsum over all entries."""
import numpy as np


def sigmoid_grad(y):
    y = np.asarray(y, dtype=float)
    return np.einsum("...,...->...", y, 1.0 - y)
