"""The output takes the integer type of the input."""
# breaks: integers
import numpy as np


def selu(x):
    lam, alpha = 1.0507009873554805, 1.6732632423543772
    out = x.copy()
    out[x > 0] = lam * x[x > 0]
    out[x <= 0] = lam * alpha * np.expm1(x[x <= 0])
    return out
