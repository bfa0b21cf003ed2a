"""Forgets to differentiate the negative side: alpha x instead of alpha."""
# breaks: agrees with the reference
import numpy as np


def leaky_relu_grad(x, alpha=0.01):
    return np.where(x > 0, 1.0, alpha * x)
