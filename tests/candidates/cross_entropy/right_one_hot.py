"""Multiplies log-softmax by a one-hot matrix, with einsum."""

import numpy as np


def cross_entropy(logits, labels):
    n, c = logits.shape
    onehot = (labels[:, None] == np.arange(c)).astype(float)
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -np.einsum("nc,nc->", onehot, log_p) / n
