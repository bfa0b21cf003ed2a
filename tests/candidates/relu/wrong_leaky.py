"""Lets a hundredth of the negative side through: that is leaky ReLU."""
# breaks: agrees with the reference
import numpy as np


def relu(x):
    return np.where(x > 0, x, 0.01 * x)
