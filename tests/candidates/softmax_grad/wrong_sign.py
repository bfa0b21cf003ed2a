"""p p^T - diag(p): everything has the other sign."""
# breaks: a variance
import numpy as np


def softmax_grad(p):
    p = np.asarray(p, dtype=float)
    return p[..., :, None] * p[..., None, :] - p[..., None] * np.eye(p.shape[-1])
