"""The logarithm of a stable softmax: -inf where a probability underflows."""
# breaks: stable for large logits
import numpy as np


def softmax(z, axis):
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def log_softmax(z, axis=-1):
    return np.log(softmax(z, axis))
