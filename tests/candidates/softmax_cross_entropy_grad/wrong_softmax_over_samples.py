"""Takes softmax over the samples of the batch."""
# breaks: every row sums to zero

import numpy as np


def softmax_cross_entropy_grad(logits, labels):
    e = np.exp(logits - logits.max(axis=0))
    p = e / e.sum(axis=0)
    p[np.arange(p.shape[0]), labels] -= 1
    return p / p.shape[0]
