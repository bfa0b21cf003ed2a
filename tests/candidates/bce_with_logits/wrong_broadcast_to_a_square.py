"""Makes a column of the logits but not of the targets, so that every logit meets every target."""
# breaks: the mean of its entries

import numpy as np


def bce_with_logits(t, y):
    t = t.reshape(-1, 1)
    y = y.ravel()
    return np.mean(np.maximum(t, 0) - t * y + np.log1p(np.exp(-np.abs(t))))
