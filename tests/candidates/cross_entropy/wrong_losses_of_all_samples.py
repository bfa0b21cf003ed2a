"""Returns the loss of each sample and no mean."""
# breaks: shape

import numpy as np


def cross_entropy(logits, labels):
    m = np.max(logits, axis=1)
    lse = m + np.log(np.sum(np.exp(logits - m[:, None]), axis=1))
    return lse - np.take_along_axis(logits, labels[:, None], axis=1)[:, 0]
