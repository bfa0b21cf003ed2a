"""Squares the caller's y in place."""
# breaks: leaves its arguments alone
import numpy as np


def tanh_grad(y):
    np.multiply(y, y, out=y)
    return 1 - y
