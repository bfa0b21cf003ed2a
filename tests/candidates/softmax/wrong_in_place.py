"""The maximum is subtracted from the caller's own array."""
# breaks: leaves its arguments alone
import numpy as np


def softmax(z, axis=-1):
    if z.dtype.kind != "f":
        z = z.astype(float)
    z -= z.max(axis=axis, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)
