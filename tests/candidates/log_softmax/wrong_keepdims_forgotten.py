"""Without keepdims the row sums line up with the columns, or with nothing."""
# breaks: agrees with the reference
import numpy as np


def log_softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    m = np.max(z, axis=axis)
    return z - m - np.log(np.sum(np.exp(z - m), axis=axis))
