"""Takes its argument for logits and applies softmax to it once more."""
# breaks: finite differences
import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def softmax_grad(p):
    s = softmax(np.asarray(p, dtype=float))
    return s[..., None] * (np.eye(s.shape[-1]) - s[..., None, :])
