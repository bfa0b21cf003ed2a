"""Fills the two signs apart with boolean indexing."""

import numpy as np


def bce_with_logits_grad(t, y):
    out = np.empty(t.shape)
    positive = t > 0
    out[positive] = 1 / (1 + np.exp(-t[positive]))
    grown = np.exp(t[~positive])
    out[~positive] = grown / (1 + grown)
    out -= y
    return out / out.size
