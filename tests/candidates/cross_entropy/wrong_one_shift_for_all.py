"""Subtracts the largest logit of the whole batch, so that a sample far below it underflows."""
# breaks: stable for large logits

import numpy as np


def cross_entropy(logits, labels):
    z = logits - np.max(logits)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels])
