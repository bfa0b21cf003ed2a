"""Subtracts targets of shape (n,) from outputs of shape (n, 1), which gives (n, n)."""
# breaks: targets flat or in a column

import numpy as np


def backward(params, cache, a2, y, alpha=0.0):
    n = y.shape[0]
    dz2 = (a2 - y) / n
    dW2 = cache["a1"].T @ dz2
    db2 = dz2.sum(axis=0)
    dz1 = dz2 @ params["W2"].T * np.where(cache["z1"] > 0, 1.0, alpha)
    dW1 = cache["X"].T @ dz1
    db1 = dz1.sum(axis=0)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
