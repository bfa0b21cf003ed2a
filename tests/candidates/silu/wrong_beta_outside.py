"""beta multiplies the product, and does not stand inside the sigmoid."""
# breaks: arguments
import numpy as np


def sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * x))


def silu(x, beta=1.0):
    return beta * x * sigmoid(x)
