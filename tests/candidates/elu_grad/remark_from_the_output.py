"""By way of the output, y + alpha: cancels where y is next to -alpha."""
# remarks: far tails
import numpy as np


def elu_grad(x, alpha=1.0):
    y = np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
    return np.where(y > 0, 1.0, y + alpha)
