"""log(softmax + eps): finite, but never below log(eps)."""
# breaks: stable for large logits
import numpy as np


def log_softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    p = e / e.sum(axis=axis, keepdims=True)
    return np.log(p + 1e-12)
