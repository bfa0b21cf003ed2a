"""Multiplies the chain rule out factor by factor, and divides 0 by 0 where the output has rounded to 1."""
# breaks: stable for large input

import numpy as np


def backward(params, cache, a2, y, alpha=0.0):
    y = np.asarray(y).reshape(-1, 1)
    n = y.shape[0]
    da2 = (-(y / a2) + (1 - y) / (1 - a2)) / n
    dz2 = da2 * a2 * (1 - a2)
    da1 = dz2 @ params["W2"].T
    dz1 = da1 * np.where(cache["z1"] > 0, 1.0, alpha)
    return {
        "W1": cache["X"].T @ dz1,
        "b1": dz1.sum(axis=0),
        "W2": cache["a1"].T @ dz2,
        "b2": dz2.sum(axis=0),
    }
