"""Clips at 1e-3 by default, so that no class costs more than 6.9."""
# breaks: agrees with the reference

import numpy as np


def cross_entropy_probs(p, y, eps=1e-3):
    clipped = np.clip(p, eps, 1.0)
    return -np.sum(y * np.log(clipped)) / p.shape[0]
