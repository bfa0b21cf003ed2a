"""Clips into the caller's array of predictions."""
# breaks: leaves its arguments alone

import numpy as np


def cross_entropy_probs(p, y, eps=1e-12):
    p = np.asarray(p, dtype=float)
    np.clip(p, eps, 1, out=p)
    return -(y * np.log(p)).sum() / len(p)
