"""Standardises the hidden layer over the batch, so that samples see each other."""
# breaks: samples do not see each other

import numpy as np


def sigmoid(t):
    e = np.exp(-np.abs(t))
    return np.where(t >= 0, 1 / (1 + e), e / (1 + e))


def forward(params, X, alpha=0.0):
    z1 = X @ params["W1"] + params["b1"]
    if len(z1) > 1:
        z1 = (z1 - z1.mean(axis=0)) / (z1.std(axis=0) + 1e-8)
    a1 = np.where(z1 > 0, z1, alpha * z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return sigmoid(z2), {"X": X, "z1": z1, "a1": a1, "z2": z2}
