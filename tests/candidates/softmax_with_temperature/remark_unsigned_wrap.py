"""No cast to float before the subtraction."""
# remarks: small integer types
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    """exp((z - max) / T), normalised."""
    if T <= 0:
        raise ValueError("T must be positive")
    e = np.exp((z - z.max(axis=axis, keepdims=True)) / T)
    return e / e.sum(axis=axis, keepdims=True)
