"""Measures in bits: the logarithm is to base 2."""
# breaks: equal logits cost log C

import numpy as np


def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    log2_sum = np.log2(np.sum(np.exp(z), axis=1))
    true = z[np.arange(z.shape[0]), labels] * np.log2(np.e)
    return np.mean(log2_sum - true)
