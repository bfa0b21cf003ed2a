"""Takes means for the biases, although 1/n is in already."""
# breaks: the mean of its samples

import numpy as np


def backward(params, cache, a2, y, alpha=0.0):
    d2 = (a2 - y.reshape(-1, 1)) / y.size
    dW2 = cache["a1"].T @ d2
    db2 = d2.mean(axis=0)
    d1 = d2 @ params["W2"].T
    d1[cache["z1"] <= 0] *= alpha
    dW1 = cache["X"].T @ d1
    db1 = d1.mean(axis=0)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
