"""A central difference instead of the formula: it keeps eight or nine digits near 0 and fewer further out."""
# breaks: agrees with the reference
import math

import numpy as np

_gelu = np.vectorize(lambda v: v * math.erfc(-v / math.sqrt(2)) / 2, otypes=[float])


def gelu_grad(x, h=1e-6):
    return (_gelu(x + h) - _gelu(x - h)) / (2 * h)
