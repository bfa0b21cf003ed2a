"""Leaky ReLU as max(z, 0) + alpha min(z, 0), the sigmoid by tanh."""

import numpy as np


def forward(params, X, alpha=0.0):
    z1 = np.dot(X, params["W1"]) + params["b1"]
    a1 = np.maximum(z1, 0) + alpha * np.minimum(z1, 0)
    z2 = np.dot(a1, params["W2"]) + params["b2"]
    return 0.5 * (1 + np.tanh(0.5 * z2)), {"X": X, "z1": z1, "a1": a1, "z2": z2}
