"""Uses `alpha or 0.01`, which makes 0.01 of a slope of 0."""
# breaks: arguments
import numpy as np


def leaky_relu(x, alpha=None):
    alpha = alpha or 0.01
    return np.where(x > 0, x, alpha * x)
