"""exp(x) / (1 + exp(x)) is inf / inf for large x."""
# breaks: stable for large input
import numpy as np


def silu(x, beta=1.0):
    e = np.exp(beta * x)
    return x * e / (1 + e)
