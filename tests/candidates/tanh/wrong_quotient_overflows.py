"""The definition as it stands: from 710 on it is infinity divided by infinity."""
# breaks: stable for large input
import numpy as np


def tanh(x):
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
