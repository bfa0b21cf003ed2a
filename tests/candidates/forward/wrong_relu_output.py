"""Uses ReLU for the output, too."""
# breaks: one half without weights

import numpy as np


class Layer:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, x, alpha):
        z = x @ self.W + self.b
        return z, np.where(z > 0, z, alpha * z)


def forward(params, X, alpha=0.0):
    z1, a1 = Layer(params["W1"], params["b1"])(X, alpha)
    z2, a2 = Layer(params["W2"], params["b2"])(a1, alpha)
    return a2, {"X": X, "z1": z1, "a1": a1, "z2": z2}
