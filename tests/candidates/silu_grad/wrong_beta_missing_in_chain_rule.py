"""beta stands in the sigmoid, but the chain rule's factor is missing."""
# breaks: arguments
import numpy as np


def sigmoid(t):
    return np.exp(-np.logaddexp(0, -t))


def silu_grad(x, beta=1.0):
    s = sigmoid(beta * x)
    return s + x * s * (1 - s)
