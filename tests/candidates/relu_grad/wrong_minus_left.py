"""Gives -1 on the left, as the derivative of |x| has it."""
# breaks: agrees with the reference
import numpy as np


def relu_grad(x):
    return np.where(x > 0, 1.0, -1.0)
