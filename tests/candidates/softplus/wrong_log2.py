"""The logarithm to base 2."""
# breaks: agrees with the reference
import numpy as np


def softplus(x, beta=1.0):
    return np.logaddexp2(0, beta * x) / beta
