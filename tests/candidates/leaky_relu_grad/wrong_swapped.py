"""Swaps the slopes."""
# breaks: agrees with the reference
import numpy as np


def leaky_relu_grad(z, alpha=0.01):
    return np.where(z < 0, 1.0, alpha)
