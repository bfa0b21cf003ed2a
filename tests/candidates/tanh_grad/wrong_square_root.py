"""The root of 1 - y^2."""
# breaks: agrees with the reference
import numpy as np


def tanh_grad(y):
    return np.sqrt(1 - y * y)
