"""Takes the middle of both slopes at exactly 0."""
# remarks: the convention at 0
import numpy as np


def relu_grad(x):
    return np.heaviside(x, 0.5)
