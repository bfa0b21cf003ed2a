"""The sigmoid, never multiplied by x."""
# breaks: f(x) - f(-x) = x
import numpy as np


def silu(x, beta=1.0):
    return np.exp(-np.logaddexp(0, -beta * x))
