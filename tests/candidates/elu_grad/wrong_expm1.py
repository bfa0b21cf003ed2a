"""expm1 taken over from the forward pass: the -1 should be gone."""
# breaks: agrees with the reference
import numpy as np


def elu_grad(x, alpha=1.0):
    grad = np.ones_like(x, dtype=float)
    mask = x <= 0
    grad[mask] = alpha * np.expm1(x[mask])
    return grad
