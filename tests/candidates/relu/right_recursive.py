"""Takes an array apart until single numbers are left."""
import numpy as np


def relu(x):
    x = np.asarray(x)
    if x.ndim == 0:
        return np.float64(x) if x > 0 else np.float64(0.0)
    return np.array([relu(part) for part in x], dtype=float).reshape(x.shape)
