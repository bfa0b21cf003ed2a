"""exp(-x^2/2) without 1/sqrt(2 pi)."""
# breaks: the slope of gelu
import math

import numpy as np


def gelu_grad(x):
    """d/dx x*Phi(x) = Phi(x) + x*phi(x)"""
    x = np.asarray(x, dtype=np.float64)
    phi = np.exp(-0.5 * x * x)
    Phi = np.vectorize(math.erfc, otypes=[float])(-x / math.sqrt(2)) / 2
    return Phi + x * phi
