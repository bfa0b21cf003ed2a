"""Takes beta and never reads it."""
# breaks: arguments
import numpy as np


def silu_grad(x, beta=1.0):
    s = np.exp(-np.logaddexp(0, -x))
    return s * (1 + x * (1 - s))
