"""Fills an array of the type of x: for integers alpha becomes 0."""
# breaks: integers
import numpy as np


def leaky_relu_grad(x, alpha=0.01):
    dx = np.ones_like(x)
    dx[x < 0] = alpha
    return dx
