"""Skips the hidden activation, so the network is linear up to its sigmoid."""
# breaks: agrees with the reference

import numpy as np


def forward(params, X, alpha=0.0):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    z1 = X.dot(W1) + b1
    a1 = z1.copy()
    z2 = a1.dot(W2) + b2
    a2 = np.exp(-np.logaddexp(0, -z2))
    return a2, dict(X=X, z1=z1, a1=a1, z2=z2)
