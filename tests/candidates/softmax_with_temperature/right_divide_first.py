import numpy as np


def softmax(z, axis=-1):
    z = z - z.max(axis=axis, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)


def softmax_with_temperature(z, T=1.0, axis=-1):
    """The ordinary softmax of z / T."""
    if T <= 0:
        raise ValueError(f"temperature must be positive, got {T}")
    return softmax(np.asarray(z, dtype=float) / T, axis)
