"""The largest logit is remembered from call to call, so later rows vanish."""
# breaks: same input, same output
import numpy as np

_largest = -np.inf


def softmax(z, axis=-1):
    global _largest
    z = np.asarray(z, dtype=float)
    _largest = max(_largest, z.max())
    e = np.exp(z - _largest)
    return e / e.sum(axis=axis, keepdims=True)
