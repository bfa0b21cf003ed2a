"""The maximum keeps its axis, the sum does not."""
# breaks: agrees with the reference
import numpy as np


def softmax(z, axis=-1):
    z = np.asarray(z, float)
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    total = np.sum(e, axis=axis)
    return e / total
