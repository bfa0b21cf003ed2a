"""(1 - e) / (1 + e) with e = exp(-2|x|)."""
import numpy as np


def tanh(x):
    x = np.asarray(x, dtype=float)
    decay = np.exp(-2 * abs(x))
    return np.sign(x) * (1 - decay) / (1 + decay)
