"""1 / (1 + exp(-x)) with an exp that overflows on the way to the right value."""
# remarks: no warnings
import numpy as np


def silu_grad(x, beta=1.0):
    s = 1 / (1 + np.exp(-beta * x))
    return s * (1 + beta * x * (1 - s))
