"""exp(x) / (1 + exp(x)) is infinity divided by infinity for large x."""
# breaks: stable for large input
import numpy as np


def sigmoid(x):
    e = np.exp(x)
    return e / (1 + e)
