"""Logits are divided by their sum; exp is missing."""
# breaks: agrees with the reference
import numpy as np


def softmax(z, axis=-1):
    # normalise so that everything sums to one
    return z / np.sum(z, axis=axis, keepdims=True)
