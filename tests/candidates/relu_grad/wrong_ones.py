"""Says 1 everywhere."""
# breaks: agrees with the reference
import numpy as np


def relu_grad(x):
    # d/dx x = 1
    return np.ones_like(x, dtype=float)
