"""Ends in softmax over a single logit, which is 1 for every sample."""
# breaks: one half without weights

import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def forward(params, X, alpha=0.0):
    z1 = X @ params["W1"] + params["b1"]
    a1 = np.where(z1 > 0, z1, alpha * z1)
    z2 = a1 @ params["W2"] + params["b2"]
    a2 = softmax(z2)
    return a2, {"X": X, "z1": z1, "a1": a1, "z2": z2}
