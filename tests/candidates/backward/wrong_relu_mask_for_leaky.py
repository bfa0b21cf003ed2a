"""Uses ReLU's mask whatever alpha is."""
# breaks: alpha is honoured

import numpy as np


def backward(params, cache, a2, y, alpha=0.0):
    delta2 = (a2 - np.reshape(y, (-1, 1))) / len(y)
    delta1 = (delta2 @ params["W2"].T) * (cache["z1"] > 0)
    grads = {}
    grads["W2"], grads["b2"] = cache["a1"].T @ delta2, delta2.sum(axis=0)
    grads["W1"], grads["b1"] = cache["X"].T @ delta1, delta1.sum(axis=0)
    return grads
