"""Gets the slope of the activation as a1 / z1, which is 0 / 0 for a unit at exactly 0."""
# breaks: a unit at exactly 0

import numpy as np


def backward(params, cache, a2, y, alpha=0.0):
    d2 = (a2 - y.reshape(-1, 1)) / len(a2)
    d1 = (d2 @ params["W2"].T) * cache["a1"] / cache["z1"]
    return {"W1": cache["X"].T @ d1, "b1": np.sum(d1, axis=0), "W2": cache["a1"].T @ d2, "b2": np.sum(d2, axis=0)}
