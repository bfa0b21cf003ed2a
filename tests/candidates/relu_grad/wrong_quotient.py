"""Divides relu(x) by x, which is 0 / 0 at 0."""
# breaks: agrees with the reference
import numpy as np


def relu_grad(x):
    y = np.maximum(x, 0)
    return y / x
