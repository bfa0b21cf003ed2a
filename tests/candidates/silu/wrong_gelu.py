"""GELU: the gate is the normal distribution function."""
# breaks: agrees with the reference
import math

import numpy as np


def silu(x, beta=1.0):
    gate = np.vectorize(lambda v: math.erfc(-beta * v / math.sqrt(2)) / 2, otypes=[float])
    return x * gate(x)
