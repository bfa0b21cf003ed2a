"""An index array chooses between two arrays; the mean of both slopes at 0."""
import numpy as np

LAMBDA = 1.0507009873554805
ALPHA = 1.6732632423543772


def selu_grad(x):
    x = np.asarray(x, dtype=float)
    side = (np.sign(x) + 1).astype(int)
    left = LAMBDA * ALPHA * np.exp(-np.abs(x))
    right = np.full_like(x, LAMBDA)
    return np.choose(side, [left, (left + right) / 2, right])
