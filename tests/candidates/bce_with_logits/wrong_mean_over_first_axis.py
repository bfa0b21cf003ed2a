"""Divides by len(t), the number of rows, and not by the number of entries."""
# breaks: log 2 at t = 0

import numpy as np


def bce_with_logits(t, y):
    loss = np.logaddexp(0, t) - y * t
    return loss.sum() / len(t)
