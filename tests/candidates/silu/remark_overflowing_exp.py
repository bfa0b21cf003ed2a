"""x / (1 + exp(-x)): the value is right, but exp overflows on the way."""
# remarks: no warnings
import numpy as np


def silu(x, beta=1.0):
    return x / (1 + np.exp(-beta * x))
