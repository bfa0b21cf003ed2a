"""Has the sign of the target term wrong: softplus(t) + y t."""
# breaks: the other class, the other sign

import numpy as np


def bce_with_logits(t, y):
    return np.mean(np.logaddexp(0, t) + y * t)
