"""The parameter has another name than the one that was asked for."""
# breaks: arguments
import numpy as np


def softmax_with_temperature(z, temperature=1.0, axis=-1):
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    z = np.asarray(z, dtype=float) / temperature
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
