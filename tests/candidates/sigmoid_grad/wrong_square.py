"""y^2."""
# breaks: agrees with the reference
import numpy as np


def sigmoid_grad(y):
    return np.square(y)
