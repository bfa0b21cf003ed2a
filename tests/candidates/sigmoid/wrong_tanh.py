"""tanh(x), which runs from -1 to 1."""
# breaks: opposite inputs sum to 1
import numpy as np


def sigmoid(x):
    return np.tanh(x)
