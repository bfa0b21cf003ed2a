"""Lets exp overflow to inf, where 1 / (1 + inf) is right all the same."""
# remarks: no warnings

import numpy as np


def bce_with_logits_grad(t, y):
    """Return the gradient of the mean loss by the logits."""
    return (1 / (1 + np.exp(-t)) - y) / t.size
