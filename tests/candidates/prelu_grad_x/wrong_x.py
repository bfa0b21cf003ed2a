"""Has x on the negative side, which is the derivative by alpha."""
# breaks: agrees with the reference
import numpy as np


def prelu_grad_x(x, alpha, axis=-1):
    return np.where(x > 0, 1.0, x)
