"""One number at a time."""
import numpy as np


def sigmoid_grad(y):
    flat = np.asarray(y).reshape(-1)
    return np.array([p * (1.0 - p) for p in flat.tolist()], dtype=np.float64).reshape(np.shape(y))
