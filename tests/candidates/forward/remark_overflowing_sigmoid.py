"""Lets exp overflow to inf in the sigmoid, where 1 / (1 + inf) is right all the same."""
# remarks: no warnings

import numpy as np


def forward(params, X, alpha=0.0):
    """Return the output and what backward needs."""
    z1 = X @ params["W1"] + params["b1"]
    a1 = np.where(z1 > 0, z1, alpha * z1)
    z2 = a1 @ params["W2"] + params["b2"]
    a2 = 1 / (1 + np.exp(-z2))
    return a2, {"X": X, "z1": z1, "a1": a1, "z2": z2}
