"""The textbook's column vector: a batch is flattened into one row."""
# breaks: shape
import numpy as np


def softmax_grad(p):
    s = p.reshape(-1, 1)
    return np.diagflat(s) - np.dot(s, s.T)
