"""Divides by N * C."""
# breaks: slope of the loss

import numpy as np


def softmax_cross_entropy_grad(logits, labels):
    z = logits - np.max(logits, axis=-1, keepdims=True)
    p = np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True)
    p[range(len(p)), labels] -= 1
    return p / p.size
