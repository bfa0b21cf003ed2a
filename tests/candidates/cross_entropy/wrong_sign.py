"""Forgets the minus sign and returns the mean log-likelihood."""
# breaks: never negative

import numpy as np


def cross_entropy(logits, labels):
    m = logits.max(axis=1, keepdims=True)
    lse = m[:, 0] + np.log(np.exp(logits - m).sum(axis=1))
    return (logits[np.arange(len(labels)), labels] - lse).mean()
