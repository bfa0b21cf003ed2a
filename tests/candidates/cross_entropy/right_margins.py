"""Works with the differences to the true class: log of the sum of exp of how far each class is ahead."""

import numpy as np


def cross_entropy(logits, labels):
    true = np.take_along_axis(logits, np.asarray(labels)[:, None], axis=1)
    ahead = (logits - true).astype(float)
    top = ahead.max(axis=1)
    return np.mean(top + np.log(np.exp(ahead - top[:, None]).sum(axis=1)))
