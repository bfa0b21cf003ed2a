"""Takes the logarithm of the logits, as if they were probabilities."""
# breaks: agrees with the reference

import numpy as np


def cross_entropy(logits, labels):
    n = len(labels)
    p = np.clip(logits, 1e-12, 1 - 1e-12)
    return -np.log(p[np.arange(n), labels]).sum() / n
