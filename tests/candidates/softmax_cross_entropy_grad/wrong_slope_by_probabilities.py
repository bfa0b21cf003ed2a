"""Returns -y / p, the gradient by the probabilities and not by the logits."""
# breaks: every row sums to zero

import numpy as np


def softmax_cross_entropy_grad(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    y = np.zeros_like(p)
    y[np.arange(len(y)), labels] = 1
    return -(y / np.maximum(p, 1e-12)) / len(p)
