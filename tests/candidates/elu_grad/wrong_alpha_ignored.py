"""alpha is not in the derivative."""
# breaks: arguments
import numpy as np


def elu_grad(x, alpha=1.0):
    return np.exp(np.minimum(x, 0.0))
