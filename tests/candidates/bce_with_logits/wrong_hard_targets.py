"""Rounds the targets to 0 or 1 with a comparison."""
# breaks: agrees with the reference

import numpy as np


def bce_with_logits(t, y):
    softplus = lambda v: np.logaddexp(0, v)
    return np.mean(np.where(y > 0.5, softplus(-t), softplus(t)))
