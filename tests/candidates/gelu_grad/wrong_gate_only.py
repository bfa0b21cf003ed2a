"""Phi(x) alone: the gate is treated as if it did not depend on x."""
# breaks: the slope of gelu
import math

import numpy as np


def gelu_grad(x):
    return np.vectorize(lambda v: 0.5 * math.erfc(-v / math.sqrt(2)), otypes=[float])(x)
