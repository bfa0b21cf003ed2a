"""Returns the number of hits, not their share."""
# breaks: agrees with the reference
import numpy as np


def accuracy(a2, y):
    return float(np.sum((a2.ravel() > 0.5) == y.ravel()))
