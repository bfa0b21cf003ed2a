"""Returns the output alone, and no cache."""
# breaks: shape

import numpy as np


def sigmoid(t):
    e = np.exp(-np.abs(t))
    return np.where(t >= 0, 1 / (1 + e), e / (1 + e))


def forward(params, X, alpha=0.0):
    hidden = X @ params["W1"] + params["b1"]
    hidden = np.where(hidden > 0, hidden, alpha * hidden)
    return sigmoid(hidden @ params["W2"] + params["b2"])
