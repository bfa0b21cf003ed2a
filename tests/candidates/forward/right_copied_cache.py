"""Copies X into the cache, which also has the output and the slope."""

import numpy as np


def _affine(x, W, b):
    return np.einsum("ni,io->no", x, W) + b[np.newaxis, :]


def _sigmoid(z):
    out = np.empty(z.shape)
    up = z >= 0
    out[up] = 1 / (1 + np.exp(-z[up]))
    grown = np.exp(z[~up])
    out[~up] = grown / (1 + grown)
    return out


def forward(params, X, alpha=0.0):
    """Two affine maps, a leaky ReLU between them and a sigmoid at the end."""
    X = np.array(X, dtype=float)
    z1 = _affine(X, params["W1"], params["b1"])
    a1 = np.maximum(z1, alpha * z1)
    z2 = _affine(a1, params["W2"], params["b2"])
    a2 = _sigmoid(z2)
    return a2, {"X": X, "z1": z1, "a1": a1, "z2": z2, "a2": a2, "alpha": alpha}
