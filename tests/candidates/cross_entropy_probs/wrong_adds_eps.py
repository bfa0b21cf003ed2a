"""Adds eps to every probability where clipping is asked."""
# breaks: arguments

import numpy as np


def cross_entropy_probs(p, y, eps=1e-12):
    return -np.mean(np.sum(y * np.log(p + eps), axis=1))
