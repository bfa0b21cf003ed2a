"""Adds the entries up where their mean is asked."""
# breaks: the mean of its entries

import numpy as np


def bce_with_logits(t, y):
    losses = np.maximum(t, 0) - t * y + np.log1p(np.exp(-np.abs(t)))
    return losses.sum()
