"""p^(1/T) is right on paper, but what underflows in p never comes back when it is hot."""
# breaks: stable for large logits
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    if T <= 0:
        raise ValueError("T must be positive")
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    p = e / e.sum(axis=axis, keepdims=True)
    sharpened = p ** (1 / T)
    return sharpened / sharpened.sum(axis=axis, keepdims=True)
