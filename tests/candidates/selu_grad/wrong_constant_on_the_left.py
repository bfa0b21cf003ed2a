"""The slope next to 0 for every negative input: exp(x) is forgotten."""
# breaks: agrees with the reference
import numpy as np


def selu_grad(x):
    lam = 1.0507009873554804934193349852946
    alpha = 1.6732632423543772848170429916717
    grad = np.full(x.shape, lam * alpha)
    grad[x > 0] = lam
    return grad
