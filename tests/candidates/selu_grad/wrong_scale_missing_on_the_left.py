"""The scale is missing in the left branch."""
# breaks: selu plus a constant
import numpy as np


def selu_grad(x):
    lam = 1.0507009873554804934193349852946
    alpha = 1.6732632423543772848170429916717
    return np.where(x > 0, lam, alpha * np.exp(np.minimum(x, 0)))
