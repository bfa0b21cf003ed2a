"""The probabilities are divided by T, not the logits."""
# breaks: sums to one
import numpy as np


def softmax(z, axis):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def softmax_with_temperature(z, T=1.0, axis=-1):
    if T <= 0:
        raise ValueError("temperature must be positive")
    return softmax(z, axis) / T
