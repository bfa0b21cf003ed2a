"""Lets exp overflow in the branch that np.where throws away."""
# remarks: no warnings

import numpy as np


def bce_with_logits(t, y):
    """Return the mean of softplus(t) - y * t."""
    softplus = np.where(t > 30, t + np.log1p(np.exp(-t)), np.log1p(np.exp(t)))
    return np.mean(softplus - y * t)
