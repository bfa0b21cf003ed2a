"""Casts the slopes to int, so that alpha becomes 0."""
# breaks: shape
import numpy as np


def leaky_relu_grad(x, alpha=0.01):
    return np.where(x > 0, 1, alpha).astype(int)
