"""The logarithm to base 10."""
# breaks: probabilities again
import numpy as np


def log_softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    z = z - z.max(axis=axis, keepdims=True)
    log_total = np.log10(np.exp(z).sum(axis=axis, keepdims=True))
    return z * np.log10(np.e) - log_total
