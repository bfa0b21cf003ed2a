"""Differentiates exp(z) / sum(exp(z)) itself, by a complex step at z = log p."""
import numpy as np


def softmax_grad(p):
    p = np.asarray(p, dtype=float)
    n, h = p.shape[-1], 1e-30
    columns = []
    for j in range(n):
        e = p.astype(complex)
        e[..., j] *= np.exp(1j * h)
        columns.append((e / e.sum(axis=-1, keepdims=True)).imag / h)
    return np.stack(columns, axis=-1)
