import numpy as np


def softmax_grad(p):
    p = np.asarray(p, dtype=float)
    jac = -np.einsum("...i,...j->...ij", p, p)
    # the rows sum to 0, which gives the diagonal from the rest
    idx = np.arange(p.shape[-1])
    jac[..., idx, idx] = 0.0
    jac[..., idx, idx] = -jac.sum(axis=-1)
    return jac
