"""Multiplies by the sigmoid's slope, which has cancelled already."""
# breaks: slope of the loss

import numpy as np


def bce_with_logits_grad(t, y):
    s = 0.5 + 0.5 * np.tanh(t / 2)
    dz = (s - y) * s * (1 - s)
    return dz / t.size
