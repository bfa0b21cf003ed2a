"""alpha multiplies the slope of positive inputs, too."""
# breaks: arguments
import numpy as np


def elu_grad(x, alpha=1.0):
    return alpha * np.where(x > 0, 1.0, np.exp(np.minimum(x, 0)))
