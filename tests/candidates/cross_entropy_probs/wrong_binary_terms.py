"""Adds the (1 - y) log(1 - p) terms of the binary cross-entropy for every class."""
# breaks: entropy at p = y

import numpy as np


def cross_entropy_probs(p, y, eps=1e-12):
    q = np.clip(p, eps, 1 - eps)
    loss = y * np.log(q) + (1 - y) * np.log(1 - q)
    return -loss.sum(axis=1).mean()
