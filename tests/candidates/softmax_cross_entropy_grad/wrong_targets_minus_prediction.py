"""Returns y - p, the direction of a step and not the gradient."""
# breaks: only the true class is pulled up

import numpy as np


def softmax_cross_entropy_grad(logits, labels):
    N, C = logits.shape
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    y = np.eye(C)[labels]
    return (y - p) / N
