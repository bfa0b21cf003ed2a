"""The numerator is turned round."""
# breaks: larger stays larger
import numpy as np


def tanh(x):
    x = np.clip(x, -300, 300)
    return (np.exp(-x) - np.exp(x)) / (np.exp(x) + np.exp(-x))
