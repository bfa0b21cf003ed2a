"""Indexes log_p[:, labels], which takes the labels of all samples from every row."""
# breaks: the mean of its samples

import numpy as np


def cross_entropy(logits, labels):
    """Softmax cross entropy.

    logits: (N, C), labels: (N,) of ints.
    """
    z = logits - np.max(logits, axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -np.mean(log_p[:, labels])
