"""Takes the mean of the two slopes at 0, by np.heaviside."""
import numpy as np


def elu_grad(x, alpha=1.0):
    right = np.heaviside(x, 0.5)
    return right + (1.0 - right) * alpha * np.exp(np.minimum(x, 0.0))
