"""Returns SELU itself."""
# breaks: the slope of SELU
import numpy as np


def selu_grad(x):
    lam = 1.0507009873554804934193349852946
    alpha = 1.6732632423543772848170429916717
    return lam * np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
