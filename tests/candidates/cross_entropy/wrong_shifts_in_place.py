"""Subtracts the maximum in place, in the caller's own logits."""
# breaks: leaves its arguments alone

import numpy as np


def cross_entropy(logits, labels):
    if logits.dtype.kind != "f":
        logits = logits.astype(float)
    logits -= logits.max(axis=1, keepdims=True)
    log_z = np.log(np.exp(logits).sum(axis=1))
    return np.mean(log_z - logits[np.arange(len(logits)), labels])
