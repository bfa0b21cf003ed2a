"""The ordinary arctangent."""
# breaks: from -1 to 1
import numpy as np


def tanh(x):
    return np.arctan(x)
