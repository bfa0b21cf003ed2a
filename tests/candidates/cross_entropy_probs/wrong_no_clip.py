"""Takes the logarithm of probabilities that may be 0."""
# breaks: agrees with the reference

import numpy as np


def cross_entropy_probs(p, y, eps=1e-12):
    return -np.mean(np.sum(y * np.log(p), axis=1))
