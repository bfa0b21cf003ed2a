"""sigmoid(2x), not stretched to the range from -1 to 1."""
# breaks: opposite input, opposite output
import numpy as np


def tanh(x):
    e = np.exp(-2 * np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)
