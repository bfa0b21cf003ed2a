"""Loops over samples and units."""

import math

import numpy as np


def forward(params, X, alpha=0.0):
    n, h = X.shape[0], params["W1"].shape[1]
    z1, z2, a2 = np.zeros((n, h)), np.zeros((n, 1)), np.zeros((n, 1))
    a1 = np.zeros((n, h))
    for i in range(n):
        for j in range(h):
            z1[i, j] = sum(X[i, k] * params["W1"][k, j] for k in range(X.shape[1])) + params["b1"][j]
            a1[i, j] = z1[i, j] if z1[i, j] > 0 else alpha * z1[i, j]
        z = sum(a1[i, j] * params["W2"][j, 0] for j in range(h)) + params["b2"][0]
        z2[i, 0] = z
        a2[i, 0] = 1 / (1 + math.exp(-z)) if z > -700 else 0.0
    return a2, {"X": X, "z1": z1, "a1": a1, "z2": z2}
