"""Forgets to differentiate the negative side: alpha x instead of alpha."""
# breaks: agrees with the reference
import numpy as np


def prelu_grad_x(x, alpha, axis=-1):
    x = np.moveaxis(x, axis, -1)
    return np.moveaxis(np.where(x > 0, 1.0, alpha * x), -1, axis)
