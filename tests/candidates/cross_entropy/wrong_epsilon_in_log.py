"""Adds 1e-9 to the probability before the logarithm, which caps the loss at 20.7."""
# breaks: agrees with the reference

import numpy as np


def cross_entropy(logits, labels):
    z = logits - logits.max(axis=-1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    return float(np.mean(-np.log(p[range(len(p)), labels] + 1e-9)))
