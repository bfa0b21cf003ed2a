"""A dot product where a batch needs one for each row."""
# breaks: agrees with the reference
import numpy as np


def softmax_vjp(p, g, axis=-1):
    jac = np.diag(p) - np.outer(p, p)
    return (g @ jac).astype(float)
