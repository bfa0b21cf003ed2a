"""Takes max(alpha x, x), which swaps the sides for slopes above 1."""
# breaks: agrees with the reference
import numpy as np


def prelu(x, alpha, axis=-1):
    alpha = np.asarray(alpha)
    if alpha.ndim:
        shape = [1] * x.ndim
        shape[axis] = alpha.size
        alpha = alpha.reshape(shape)
    return np.maximum(x, alpha * x)
