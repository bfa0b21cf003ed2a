"""Transposes first, and lets np.choose pick the label of every sample."""

import numpy as np


def _logsumexp(columns):
    top = columns.max(axis=0)
    return top + np.log(np.exp(columns - top).sum(axis=0))


def cross_entropy(logits, labels):
    columns = logits.T
    loss = _logsumexp(columns) - np.choose(labels, columns)
    return np.array(loss.mean())
