"""log10 for the sum alone, so that the bases are mixed."""
# breaks: agrees with the reference
import numpy as np


def log_softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    z = z - z.max(axis=axis, keepdims=True)
    return z - np.log10(np.exp(z).sum(axis=axis, keepdims=True))
