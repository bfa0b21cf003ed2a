"""Adds the losses of the batch up where their mean is asked."""
# breaks: the mean of its samples

import numpy as np


def cross_entropy(logits, labels):
    shifted = logits - np.max(logits, axis=1, keepdims=True)
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    n = logits.shape[0]
    return -np.sum(log_probs[np.arange(n), labels])
