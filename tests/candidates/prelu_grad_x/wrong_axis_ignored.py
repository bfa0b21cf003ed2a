"""Broadcasts alpha over the last axis, whatever axis says."""
# breaks: arguments
import numpy as np


def prelu_grad_x(x, alpha, axis=-1):
    return np.where(x > 0, 1.0, np.broadcast_to(alpha, x.shape))
