"""The sign is flipped: small logits win."""
# breaks: agrees with the reference
import numpy as np


def softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    shifted = np.max(z, axis=axis, keepdims=True) - z
    e = np.exp(shifted - shifted.max(axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)
