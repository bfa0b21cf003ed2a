"""Divides by the length of the first axis and not by the number of entries."""
# breaks: slope of the loss

import numpy as np


def bce_with_logits_grad(t, y):
    """Gradient of the mean binary cross entropy."""
    n = t.shape[0]
    s = 1 / (1 + np.exp(-np.clip(t, -500, 500)))
    return (s - y) / n
