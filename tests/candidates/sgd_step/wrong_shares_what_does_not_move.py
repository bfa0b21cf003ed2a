"""Hands the caller's own array back where the gradient is 0."""
# breaks: leaves its arguments alone
import numpy as np


def sgd_step(params, grads, lr):
    out = {}
    for key, value in params.items():
        step = lr * grads[key]
        out[key] = value - step if np.any(step) else value
    return out
