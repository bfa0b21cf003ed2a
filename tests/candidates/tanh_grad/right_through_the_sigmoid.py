"""Four times the sigmoid's slope at (1 + y) / 2."""
import numpy as np


def tanh_grad(y):
    s = (1 + np.asarray(y)) / 2
    return 4 * s * (1 - s)
