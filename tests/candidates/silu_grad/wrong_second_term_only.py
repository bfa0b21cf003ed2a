"""x times the derivative of the sigmoid: the first term of the product rule is missing."""
# breaks: slopes at x and -x add up to 1
import numpy as np


def sigmoid(t):
    e = np.exp(-np.abs(t))
    return np.where(t >= 0, 1, e) / (1 + e)


def silu_grad(x, beta=1.0):
    s = sigmoid(beta * x)
    return beta * x * s * (1 - s)
