"""x / (1 + |x|)."""
# breaks: twice the input
import numpy as np


def tanh(x):
    return x / (1 + np.abs(x))
