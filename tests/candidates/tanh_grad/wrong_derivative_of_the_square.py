"""2y: the square was differentiated, not the function."""
# breaks: the same for y and -y
import numpy as np


def tanh_grad(y):
    return np.multiply(2, y)
