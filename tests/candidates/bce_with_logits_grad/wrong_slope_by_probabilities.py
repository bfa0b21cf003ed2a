"""Returns the slope by the sigmoid's output and forgets the chain rule."""
# breaks: slope of the loss

import numpy as np


def bce_with_logits_grad(t, y):
    s = 0.5 * (1 + np.tanh(0.5 * t))
    s = np.clip(s, 1e-12, 1 - 1e-12)
    return (s - y) / (s * (1 - s)) / t.size
