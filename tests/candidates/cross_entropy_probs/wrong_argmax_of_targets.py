"""Keeps only the largest target of each row, so soft targets become hard."""
# breaks: mixed targets cost the mixture

import numpy as np


def cross_entropy_probs(p, y, eps=1e-12):
    labels = np.argmax(y, axis=1)
    picked = p[np.arange(len(p)), labels]
    return -np.log(np.clip(picked, eps, 1)).mean()
