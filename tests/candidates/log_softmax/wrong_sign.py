"""The negative log-likelihood: the sign is the loss's."""
# breaks: probabilities again
import numpy as np


def log_softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    m = np.max(z, axis=axis, keepdims=True)
    lse = m + np.log(np.sum(np.exp(z - m), axis=axis, keepdims=True))
    return lse - z
