"""max(x, 0) + log1p(exp(-|x|))."""
import numpy as np


def softplus(x, beta=1.0):
    x = np.asarray(x)
    return np.maximum(x, 0) + np.log1p(np.exp(-beta * np.abs(x))) / beta
