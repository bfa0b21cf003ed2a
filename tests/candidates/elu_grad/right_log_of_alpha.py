"""alpha goes into the exponent: exp(x + log(alpha))."""
import numpy as np


def elu_grad(x, alpha=1.0):
    positive = np.greater(x, 0)
    exponent = np.where(positive, 0.0, np.add(x, np.log(alpha)))
    return np.exp(exponent)
