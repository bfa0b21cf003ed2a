"""Computes the output again from the cached z2."""

import numpy as np


def backward(params, cache, _, y, alpha=0.0):
    """Gradients of the mean binary cross-entropy, from the logits alone."""
    output = 0.5 * (1 + np.tanh(cache["z2"] / 2))
    d2 = np.divide(output - y.reshape(output.shape), len(output))
    d1 = np.matmul(d2, params["W2"].T) * np.select([cache["z1"] > 0], [1.0], default=alpha)
    pairs = {"1": (cache["X"], d1), "2": (cache["a1"], d2)}
    grads = {"W" + layer: inputs.T @ delta for layer, (inputs, delta) in pairs.items()}
    return grads | {"b" + layer: delta.sum(axis=0) for layer, (_, delta) in pairs.items()}
