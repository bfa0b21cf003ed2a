"""The definition as it stands: right, but exp overflows on the way for very negative x."""
# remarks: no warnings
import numpy as np


def sigmoid(x):
    """Compute the sigmoid of x."""
    return 1 / (1 + np.exp(-x))
