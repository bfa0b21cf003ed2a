"""zeros_like(x) holds integers when x does, so everything is 0."""
# breaks: integers
import numpy as np


def sigmoid(x):
    out = np.zeros_like(x)
    pos = x >= 0
    out[pos] = 1 / (1 + np.exp(-x[pos]))
    e = np.exp(x[~pos])
    out[~pos] = e / (1 + e)
    return out
