"""Computes exp(z) / (1 + exp(z)), which is inf / inf for large logits."""
# breaks: stable for large input

import numpy as np


def forward(params, X, alpha=0.0):
    z1 = X @ params["W1"] + params["b1"]
    a1 = np.where(z1 > 0, z1, alpha * z1)
    z2 = a1 @ params["W2"] + params["b2"]
    a2 = np.exp(z2) / (1 + np.exp(z2))
    return a2, {"X": X, "z1": z1, "a1": a1, "z2": z2}
