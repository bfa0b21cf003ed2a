"""The maximum is taken out of the sum and never put back."""
# breaks: a constant changes nothing
import numpy as np


def log_softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    m = z.max(axis=axis, keepdims=True)
    lse = np.log(np.sum(np.exp(z - m), axis=axis, keepdims=True))
    return z - lse
