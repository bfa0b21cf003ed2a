"""Computes exp(t) / (1 + exp(t)), which is inf / inf for large t."""
# breaks: stable for large logits

import numpy as np


def bce_with_logits_grad(t, y):
    p = np.exp(t) / (1 + np.exp(t))
    return (p - y) / np.size(t)
