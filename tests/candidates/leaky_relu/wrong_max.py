"""Takes max(alpha x, x), which swaps the sides when alpha is above 1."""
# breaks: arguments
import numpy as np


def leaky_relu(x, alpha=0.01):
    return np.maximum(alpha * x, x)
