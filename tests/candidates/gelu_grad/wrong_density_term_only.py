"""x times the density alone: the first term of the product rule is missing."""
# breaks: slopes at x and -x add up to 1
import numpy as np


def gelu_grad(x):
    x = np.asarray(x, dtype=float)
    return x * np.exp(-x**2 / 2) / np.sqrt(2 * np.pi)
