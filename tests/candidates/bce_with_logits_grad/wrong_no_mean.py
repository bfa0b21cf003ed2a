"""Forgets to divide by the number of entries."""
# breaks: a batch twice halves the entries

import numpy as np


def sigmoid(t):
    return np.exp(-np.logaddexp(0, -t))


def bce_with_logits_grad(t, y):
    return sigmoid(t) - y
