"""Returns a flat gradient for logits of any shape."""
# breaks: shape

import numpy as np


def bce_with_logits_grad(t, y):
    t, y = t.ravel(), y.ravel()
    return (0.5 * (1 + np.tanh(t / 2)) - y) / len(t)
