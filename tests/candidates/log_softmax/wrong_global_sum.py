"""One sum for the whole batch."""
# breaks: agrees with the reference
import numpy as np


def log_softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    z = z - z.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum())
