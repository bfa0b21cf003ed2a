"""float32 comes back as float64."""
# remarks: float32 stays float32
import numpy as np


def log_softmax(z, axis=-1):
    """Logarithm of the softmax along `axis`."""
    z = np.asarray(z, dtype=np.float64)
    m = z.max(axis=axis, keepdims=True)
    return z - (m + np.log(np.exp(z - m).sum(axis=axis, keepdims=True)))
