"""The second term is missing."""
# breaks: sums to zero
import numpy as np


def softmax_vjp(p, g, axis=-1):
    return np.multiply(p, g, dtype=float)
