"""Takes 1 - alpha for the left slope."""
# breaks: agrees with the reference
import numpy as np


def leaky_relu_grad(x, alpha=0.01):
    """1 on the right, the rest on the left."""
    return np.where(x > 0, 1.0, 1.0 - alpha)
