"""Entry by entry, in plain Python."""
import numpy as np


def _one(v, alpha):
    if v > 0:
        return float(v)
    return float(alpha * v)


def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.array([_one(v, alpha) for v in x.ravel().tolist()]).reshape(x.shape)
