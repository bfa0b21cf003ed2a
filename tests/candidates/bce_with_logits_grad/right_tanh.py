"""Takes the sigmoid from tanh, which cannot overflow."""

import numpy as np


def bce_with_logits_grad(t, y):
    s = 0.5 * (1 + np.tanh(0.5 * t))
    return (s - y) / t.size
