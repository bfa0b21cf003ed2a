"""exp(z / T) overflows for large logits, and for ordinary ones when it is cold."""
# breaks: stable for large logits
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    if T <= 0:
        raise ValueError("T must be > 0")
    e = np.exp(z / T)
    return e / e.sum(axis=axis, keepdims=True)
