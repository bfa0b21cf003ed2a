"""Has PyTorch's channel axis, 1, built in."""
# breaks: agrees with the reference
import numpy as np


def prelu(x, alpha, axis=-1):
    alpha = np.asarray(alpha)
    if alpha.ndim == 1 and x.ndim > 1:
        alpha = alpha.reshape((1, -1) + (1,) * (x.ndim - 2))
    return np.where(x > 0, x, alpha * x)
