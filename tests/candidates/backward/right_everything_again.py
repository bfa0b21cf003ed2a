"""Runs the whole forward pass again, and trusts nothing in the cache but X."""

import numpy as np


def backward(params, cache, a2, y, alpha=0.0):
    X = cache["X"]
    z1 = X @ params["W1"] + params["b1"]
    a1 = np.maximum(z1, alpha * z1)
    z2 = a1 @ params["W2"] + params["b2"]
    out = np.exp(-np.logaddexp(0, -z2))
    d2 = (out - np.array(y).reshape(-1, 1)) / len(X)
    slope = np.divide(a1, z1, out=np.ones_like(z1), where=z1 != 0)
    d1 = (d2 @ params["W2"].T) * slope
    return {"W1": X.T @ d1, "b1": d1.sum(axis=0), "W2": a1.T @ d2, "b2": d2.sum(axis=0)}
