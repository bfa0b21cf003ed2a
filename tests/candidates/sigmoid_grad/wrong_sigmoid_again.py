"""Takes the argument for x and applies the sigmoid to it."""
# breaks: the slope of the sigmoid
import numpy as np


def sigmoid_grad(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)
