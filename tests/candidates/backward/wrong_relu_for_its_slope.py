"""Multiplies by relu(z1) and not by its derivative."""
# breaks: slope of the loss

import numpy as np


def leaky(z, alpha):
    return np.where(z > 0, z, alpha * z)


def backward(params, cache, a2, y, alpha=0.0):
    d2 = (a2 - np.asarray(y).reshape(-1, 1)) / a2.shape[0]
    d1 = d2.dot(params["W2"].T) * leaky(cache["z1"], alpha)
    return dict(W1=cache["X"].T.dot(d1), b1=d1.sum(0), W2=cache["a1"].T.dot(d2), b2=d2.sum(0))
