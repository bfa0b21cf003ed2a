"""Puts the threshold at 0, where it belongs for logits."""
# breaks: agrees with the reference
import numpy as np


def accuracy(a2, y):
    return np.mean((np.ravel(a2) > 0) == np.ravel(y))
