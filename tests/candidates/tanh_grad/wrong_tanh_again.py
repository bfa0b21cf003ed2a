"""Takes the argument for x and applies tanh to it."""
# breaks: the slope of tanh
import numpy as np


def tanh_grad(x):
    return 1 - np.tanh(x) ** 2
