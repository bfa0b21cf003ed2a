"""2 * sigmoid(x) - 1: the factor 2 inside is forgotten."""
# breaks: agrees with the reference
import numpy as np


def sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def tanh(x):
    return 2 * sigmoid(x) - 1
