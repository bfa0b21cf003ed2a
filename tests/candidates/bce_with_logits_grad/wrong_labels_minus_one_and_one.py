"""Uses the slope for labels -1 and 1 with labels 0 and 1."""
# breaks: the other class, the other sign

import numpy as np


def bce_with_logits_grad(t, y):
    margin = y * t
    return -y * 0.5 * (1 - np.tanh(margin / 2)) / t.size
