"""ones_like(x) holds integers when x does, and slopes below 1 become 0."""
# breaks: integers
import numpy as np


def elu_grad(x, alpha=1.0):
    grad = np.ones_like(x)
    grad[x <= 0] = alpha * np.exp(x[x <= 0])
    return grad
