"""Measures in bits."""
# breaks: entropy at p = y

import numpy as np


def cross_entropy_probs(p, y, eps=1e-12):
    bits = -np.log2(np.clip(p, eps, 1))
    return (y * bits).sum(axis=1).mean()
