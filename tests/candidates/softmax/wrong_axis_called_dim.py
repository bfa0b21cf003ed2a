"""The axis argument has PyTorch's name."""
# breaks: arguments
import numpy as np


def softmax(z, dim=-1):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max(axis=dim, keepdims=True))
    return e / e.sum(axis=dim, keepdims=True)
