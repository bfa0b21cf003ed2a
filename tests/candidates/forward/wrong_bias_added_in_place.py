"""Writes the scaled weights of the hidden layer back into the parameters."""
# breaks: leaves its arguments alone

import numpy as np


def sigmoid(t):
    e = np.exp(-np.abs(t))
    return np.where(t >= 0, 1 / (1 + e), e / (1 + e))


def forward(params, X, alpha=0.0):
    z1 = X @ params["W1"] + params["b1"]
    a1 = np.where(z1 > 0, z1, alpha * z1)
    z2 = a1 @ params["W2"]
    z2 += params["b2"]
    params["b2"] += 0.1
    return sigmoid(z2), {"X": X, "z1": z1, "a1": a1, "z2": z2}
