"""Adds the samples up where their mean is asked."""
# breaks: the mean of its samples

import numpy as np


def cross_entropy_probs(p, y, eps=1e-12):
    """Categorical cross entropy."""
    return -(y * np.log(np.clip(p, eps, 1))).sum()
