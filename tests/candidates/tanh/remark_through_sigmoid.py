"""2 * sigmoid(2x) - 1: loses the digits of small results."""
# remarks: far tails
import numpy as np


def tanh(x):
    return 2 / (1 + np.exp(-2 * np.clip(x, -300, 300))) - 1
