"""Clips the logit before a plain sigmoid, and multiplies by a mask."""

import numpy as np


def forward(p, X, alpha=0.0):
    z1 = X @ p["W1"] + p["b1"]
    mask = z1 > 0
    a1 = mask * z1 + alpha * (~mask) * z1
    z2 = a1 @ p["W2"] + p["b2"]
    a2 = 1.0 / (1.0 + np.exp(-np.clip(z2, -700.0, 700.0)))
    cache = {"X": X, "z1": z1, "a1": a1, "z2": z2}
    return a2, cache
