"""Forgets the minus sign."""
# breaks: never negative

import numpy as np


def cross_entropy_probs(p, y, eps=1e-12):
    logs = np.log(np.clip(p, eps, 1))
    return np.mean(np.einsum("ij,ij->i", y, logs))
