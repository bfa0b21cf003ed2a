"""Begins with y - a2, so that every gradient has the wrong sign."""
# breaks: slope of the loss

import numpy as np


def backward(params, cache, a2, y, alpha=0.0):
    error = (y.reshape(-1, 1) - a2) / len(a2)
    hidden_error = error @ params["W2"].T * np.where(cache["z1"] > 0, 1, alpha)
    return {
        "W1": cache["X"].T @ hidden_error,
        "b1": hidden_error.sum(axis=0),
        "W2": cache["a1"].T @ error,
        "b2": error.sum(axis=0),
    }
