"""Stacks a logit of 0 beside each logit, and takes the softmax cross-entropy of two classes."""

import numpy as np


def bce_with_logits(t, y):
    both = np.stack([np.zeros(t.shape), t], axis=-1)
    both = both - both.max(axis=-1, keepdims=True)
    log_p = both - np.log(np.exp(both).sum(axis=-1, keepdims=True))
    return -np.mean((1 - y) * log_p[..., 0] + y * log_p[..., 1])
