"""Has 0.01 in its body and never looks at alpha."""
# breaks: arguments
import numpy as np


def leaky_relu(x, alpha=0.01):
    return np.where(x > 0, x, 0.01 * x)
