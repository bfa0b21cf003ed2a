"""p^T, normalised again: the temperature works upside down."""
# breaks: colder is surer
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    if not T > 0:
        raise ValueError("T")
    z = np.asarray(z, dtype=float)
    logs = T * (z - z.max(axis=axis, keepdims=True))
    p = np.exp(logs)
    return p / p.sum(axis=axis, keepdims=True)
