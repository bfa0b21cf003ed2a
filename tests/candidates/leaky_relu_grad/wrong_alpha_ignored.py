"""Never looks at alpha."""
# breaks: arguments
import numpy as np


def leaky_relu_grad(x, alpha=0.01):
    return np.where(x > 0, 1.0, 0.01)
