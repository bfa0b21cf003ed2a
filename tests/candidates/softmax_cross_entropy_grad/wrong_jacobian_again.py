"""Multiplies p - y by softmax's Jacobian once more."""
# breaks: slope of the loss

import numpy as np


def softmax_cross_entropy_grad(logits, labels):
    n, k = logits.shape
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    d = (p - np.eye(k)[labels]) / n
    return p * (d - (d * p).sum(axis=1, keepdims=True))
