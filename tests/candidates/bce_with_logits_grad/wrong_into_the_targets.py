"""Subtracts into the caller's array of targets."""
# breaks: leaves its arguments alone

import numpy as np


def bce_with_logits_grad(t, y):
    s = 0.5 * (1 + np.tanh(0.5 * t))
    if y.dtype.kind != "f":
        return (s - y) / t.size
    y -= s
    y /= -t.size
    return y
