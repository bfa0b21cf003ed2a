"""Folds the biases into the weights, with a column of ones beside the input."""

import numpy as np


def with_ones(x):
    return np.hstack([x, np.ones((len(x), 1))])


def forward(params, X, alpha=0.0):
    first = np.vstack([params["W1"], params["b1"]])
    second = np.vstack([params["W2"], params["b2"]])
    z1 = with_ones(X) @ first
    a1 = z1 * np.where(z1 > 0, 1.0, alpha)
    z2 = with_ones(a1) @ second
    a2 = np.exp(-np.logaddexp(0, -z2))
    return a2, {"X": X, "z1": z1, "a1": a1, "z2": z2}
