"""The row sums are lined up with the columns."""
# breaks: agrees with the reference
import numpy as np


def softmax_vjp(p, g, axis=-1):
    p = np.asarray(p, dtype=float)
    return p * (g - (g * p).sum(axis=axis))
