"""Uses the sigmoid in the hidden layer."""
# breaks: twice in, half out

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def forward(params, X, alpha=0.0):
    z1 = X @ params["W1"] + params["b1"]
    a1 = sigmoid(z1)
    z2 = a1 @ params["W2"] + params["b2"]
    return sigmoid(z2), {"X": X, "z1": z1, "a1": a1, "z2": z2}
