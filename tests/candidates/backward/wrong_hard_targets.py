"""Compares targets with 1, so that soft ones count as 0."""
# breaks: slope of the loss

import numpy as np


def backward(params, cache, a2, y, alpha=0.0):
    hit = (y.reshape(-1, 1) == 1).astype(float)
    d2 = (a2 - hit) / len(a2)
    d1 = d2 @ params["W2"].T * np.where(cache["z1"] > 0, 1, alpha)
    return {"W1": cache["X"].T @ d1, "b1": d1.sum(axis=0), "W2": cache["a1"].T @ d2, "b2": d2.sum(axis=0)}
