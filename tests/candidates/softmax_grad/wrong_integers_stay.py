"""The Jacobian has the type of p, so one-hot integers give integers."""
# breaks: integers
import numpy as np


def softmax_grad(p):
    eye = np.eye(p.shape[-1], dtype=p.dtype)
    return p[..., None] * (eye - p[..., None, :])
