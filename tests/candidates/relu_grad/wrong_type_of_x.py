"""Gives the result the type of x, which is int for integers."""
# breaks: integers
import numpy as np


def relu_grad(x):
    grad = np.zeros_like(x)
    grad[x > 0] = 1
    return grad
