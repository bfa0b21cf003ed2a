"""Takes softmax over axis 0, across the samples of the batch."""
# breaks: a constant per sample changes nothing

import numpy as np


def _log_softmax(x, axis=0):
    x = x - x.max(axis=axis, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=axis, keepdims=True))


def cross_entropy(logits, labels):
    log_p = _log_softmax(np.asarray(logits, dtype=float))
    return -log_p[np.arange(log_p.shape[0]), labels].mean()
