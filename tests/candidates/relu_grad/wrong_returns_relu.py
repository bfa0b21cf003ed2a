"""Returns relu itself instead of its derivative."""
# breaks: agrees with the reference
import numpy as np


def relu_grad(x):
    """Derivative of ReLU."""
    return np.maximum(x, 0.0)
