"""Says 0 on the negative side, which is relu's derivative."""
# breaks: agrees with the reference
import numpy as np


def leaky_relu_grad(x, alpha=0.01):
    grad = np.zeros(x.shape)
    grad[x > 0] = 1.0
    return grad
