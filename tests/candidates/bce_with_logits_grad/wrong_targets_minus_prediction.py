"""Returns y - sigmoid(t), the direction of a step."""
# breaks: slope of the loss

import numpy as np


def bce_with_logits_grad(t, y):
    s = 0.5 * (1 + np.tanh(t / 2))
    return (y - s) / t.size
