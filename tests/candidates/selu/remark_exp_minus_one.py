"""exp(x) - 1: loses the digits next to 0."""
# remarks: far tails
import numpy as np


def selu(x):
    a = 1.6732632423543772848170429916717
    s = 1.0507009873554804934193349852946
    return s * np.where(x >= 0.0, x, a * (np.exp(np.minimum(x, 0.0)) - 1.0))
