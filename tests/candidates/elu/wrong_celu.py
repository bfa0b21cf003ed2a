"""This is CELU: x is divided by alpha inside the exponential."""
# breaks: arguments
import numpy as np


def elu(x, alpha=1.0):
    return np.maximum(x, 0) + np.minimum(0, alpha * np.expm1(np.minimum(x, 0) / alpha))
