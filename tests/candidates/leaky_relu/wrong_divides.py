"""Divides by alpha, as in the 1/a notation of Xu et al. (2015)."""
# breaks: agrees with the reference
import numpy as np


def leaky_relu(x, alpha=0.01):
    out = np.array(x, dtype=float)
    negative = out < 0
    out[negative] = out[negative] / alpha
    return out
