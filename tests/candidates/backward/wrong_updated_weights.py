"""Takes a step on W2 before W2 is used for the hidden layer."""
# breaks: slope of the loss

import numpy as np

LEARNING_RATE = 0.1


def backward(params, cache, a2, y, alpha=0.0):
    d2 = (a2 - y.reshape(-1, 1)) / len(a2)
    dW2, db2 = cache["a1"].T @ d2, d2.sum(axis=0)
    W2 = params["W2"] - LEARNING_RATE * dW2
    d1 = d2 @ W2.T * np.where(cache["z1"] > 0, 1, alpha)
    return {"W1": cache["X"].T @ d1, "b1": d1.sum(axis=0), "W2": dW2, "b2": db2}
