"""The diagonal is right, and everything beside it is 0."""
# breaks: rows and columns sum to zero
import numpy as np


def softmax_grad(p):
    p = np.asarray(p, dtype=float)
    n = p.shape[-1]
    jac = np.zeros(p.shape + (n,))
    i = np.arange(n)
    jac[..., i, i] = p * (1 - p)
    return jac
