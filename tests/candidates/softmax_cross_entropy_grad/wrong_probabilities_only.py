"""Forgets to subtract the one-hot labels."""
# breaks: every row sums to zero

import numpy as np


def softmax_cross_entropy_grad(logits, labels):
    ex = np.exp(logits - logits.max(axis=1)[:, None])
    return ex / ex.sum(axis=1)[:, None] / len(logits)
