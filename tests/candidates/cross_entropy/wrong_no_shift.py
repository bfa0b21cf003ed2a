"""Sums exp of the logits as they are, which overflows from 710 on."""
# breaks: stable for large logits

import numpy as np


def cross_entropy(logits, labels):
    rows = np.arange(logits.shape[0])
    return np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[rows, labels])
