"""Overwrites z1 by its activation, so the cache has a1 in place of z1."""
# breaks: agrees with the reference

import numpy as np


def sigmoid(t):
    e = np.exp(-np.abs(t))
    return np.where(t >= 0, 1 / (1 + e), e / (1 + e))


def forward(params, X, alpha=0.0):
    h = X @ params["W1"] + params["b1"]
    h[h < 0] *= alpha
    z2 = h @ params["W2"] + params["b2"]
    return sigmoid(z2), {"X": X, "z1": h, "a1": h, "z2": z2}
