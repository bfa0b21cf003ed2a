"""The output array takes the integer type of the input, so -0.63 becomes 0."""
# breaks: integers
import numpy as np


def elu(x, alpha=1.0):
    out = np.empty_like(x)
    positive = x > 0
    out[positive] = x[positive]
    out[~positive] = alpha * np.expm1(x[~positive])
    return out
