"""A sigmoid of each logit: right for none, though between 0 and 1."""
# breaks: sums to one
import numpy as np


def softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))
