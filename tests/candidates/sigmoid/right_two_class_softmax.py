"""The softmax of (x, 0), of which the first class is returned."""
import numpy as np


def sigmoid(x):
    logits = np.stack([x, np.zeros_like(x)], axis=-1)
    logits = logits - logits.max(axis=-1, keepdims=True)
    e = np.exp(logits)
    return e[..., 0] / e.sum(axis=-1)
