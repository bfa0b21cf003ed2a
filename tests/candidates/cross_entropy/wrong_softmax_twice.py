"""Applies softmax before a log-softmax, which applies it again."""
# breaks: agrees with the reference

import numpy as np


def softmax(x):
    x = np.exp(x - x.max(axis=1, keepdims=True))
    return x / x.sum(axis=1, keepdims=True)


def log_softmax(x):
    x = x - x.max(axis=1, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=1, keepdims=True))


def cross_entropy(logits, labels):
    probs = softmax(logits)
    log_probs = log_softmax(probs)
    return -log_probs[np.arange(len(labels)), labels].mean()
