"""The result is not divided by beta."""
# breaks: arguments
import numpy as np


def softplus(x, beta=1.0):
    return np.logaddexp(0, beta * x)
