"""Compares every class with every other: p_i = 1 / sum of exp(z_j - z_i), with exponents held below 700."""

import numpy as np


def softmax_cross_entropy_grad(logits, labels):
    n, c = logits.shape
    gaps = logits[:, None, :] - logits[:, :, None]
    p = 1 / np.exp(np.minimum(gaps, 700.0)).sum(axis=2)
    return (p - (np.arange(c) == labels[:, None])) / n
