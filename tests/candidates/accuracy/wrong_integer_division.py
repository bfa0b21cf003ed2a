"""Divides with //, so that anything below perfect is 0."""
# breaks: agrees with the reference
import numpy as np


def accuracy(a2, y):
    hits = int(np.sum((a2.ravel() > 0.5) == y.ravel()))
    return float(hits // len(y))
