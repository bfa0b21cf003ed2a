"""Multiplies by the slope of the output sigmoid, as the squared error would ask."""
# breaks: slope of the loss

import numpy as np


def backward(params, cache, a2, y, alpha=0.0):
    n = len(a2)
    d2 = (a2 - y.reshape(n, 1)) * a2 * (1 - a2) / n
    d1 = d2 @ params["W2"].T * np.where(cache["z1"] > 0, 1, alpha)
    return {"W1": cache["X"].T @ d1, "b1": d1.sum(axis=0), "W2": cache["a1"].T @ d2, "b2": d2.sum(axis=0)}
