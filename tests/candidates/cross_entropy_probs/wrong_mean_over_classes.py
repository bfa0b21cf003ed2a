"""Takes the mean over the classes, too."""
# breaks: agrees with the reference

import numpy as np


def cross_entropy_probs(p, y, eps=1e-12):
    p = np.clip(p, eps, 1.0)
    return -np.mean(y * np.log(p))
