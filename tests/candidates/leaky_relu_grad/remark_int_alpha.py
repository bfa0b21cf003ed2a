"""Chooses between 1 and alpha: for alpha = 0 both are integers, and so is the result."""
# remarks: a whole number for alpha
import numpy as np


def leaky_relu_grad(x, alpha=0.01):
    return np.where(x > 0, 1, alpha)
