"""Always uses a plain ReLU."""
# breaks: arguments

import numpy as np


def relu(z):
    return np.maximum(z, 0)


def forward(params, X, alpha=0.0):
    cache = {"X": X}
    cache["z1"] = X @ params["W1"] + params["b1"]
    cache["a1"] = relu(cache["z1"])
    cache["z2"] = cache["a1"] @ params["W2"] + params["b2"]
    a2 = 0.5 * (1 + np.tanh(cache["z2"] / 2))
    return a2, cache
