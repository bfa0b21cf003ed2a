"""Takes logarithms of sigmoids that have rounded to 0 or 1."""
# breaks: stable for large logits

import numpy as np


def sigmoid(t):
    return 0.5 * (1 + np.tanh(0.5 * t))


def bce_with_logits(t, y):
    s = sigmoid(t)
    return -np.mean(y * np.log(s) + (1 - y) * np.log(1 - s))
