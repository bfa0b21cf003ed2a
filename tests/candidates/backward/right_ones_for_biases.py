"""Gets weights and bias of a layer at once, from its input with a column of ones."""

import numpy as np


def _layer(inputs, delta):
    both = np.column_stack([inputs, np.ones(len(inputs))]).T @ delta
    return both[:-1].copy(), both[-1].copy()


def backward(params, cache, a2, y, alpha=0.0):
    delta = (a2 - y.reshape(-1, 1)) / len(a2)
    W2, b2 = _layer(cache["a1"], delta)
    slope = alpha + (1 - alpha) * np.heaviside(cache["z1"], 0.5)
    W1, b1 = _layer(cache["X"], delta @ params["W2"].T * slope)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
