"""zeros_like(x) holds integers when x does, and every slope is cut down to a whole number."""
# breaks: integers
import numpy as np


def selu_grad(x):
    grad = np.zeros_like(x)
    grad[x > 0] = 1.0507009873554805
    grad[x <= 0] = 1.7580993408473766 * np.exp(x[x <= 0])
    return grad
