"""Subtracts 1 in p[:, labels], in the columns of all labels for every sample."""
# breaks: every row sums to zero

import numpy as np


def softmax_cross_entropy_grad(logits, labels):
    """dL/dlogits for softmax + NLL."""
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    p[:, labels] -= 1
    return p / logits.shape[0]
