"""Adds alpha x to relu, so that the slope on the right is 1 + alpha."""
# breaks: agrees with the reference
import numpy as np


def leaky_relu(x, alpha=0.01):
    return np.maximum(0, x) + alpha * x
