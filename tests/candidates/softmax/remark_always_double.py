"""float32 comes back as float64."""
# remarks: float32 stays float32
import numpy as np


def softmax(z, axis=-1):
    """Softmax of `z` along `axis`."""
    z = np.asarray(z, dtype=np.float64)
    z = z - z.max(axis=axis, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)
