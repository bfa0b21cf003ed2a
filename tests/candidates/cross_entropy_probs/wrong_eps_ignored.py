"""Takes eps as a parameter and clips at 1e-12 all the same."""
# breaks: arguments

import numpy as np


def cross_entropy_probs(p, y, eps=1e-12):
    safe = np.maximum(p, 1e-12)
    return -np.mean((y * np.log(safe)).sum(axis=1))
