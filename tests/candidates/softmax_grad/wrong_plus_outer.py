"""diag(p) + p p^T: a sign is wrong."""
# breaks: rows and columns sum to zero
import numpy as np


def softmax_grad(p):
    p = np.asarray(p, dtype=float)
    outer = np.einsum("...i,...j->...ij", p, p)
    return np.eye(p.shape[-1]) * p[..., None] + outer
