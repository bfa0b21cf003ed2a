"""x * sigmoid(1.702 x), the quick approximation: off by up to 0.02."""
# breaks: agrees with the reference
import numpy as np


def sigmoid(t):
    e = np.exp(-np.abs(t))
    return np.where(t >= 0, 1 / (1 + e), e / (1 + e))


def gelu(x):
    return x * sigmoid(1.702 * x)
