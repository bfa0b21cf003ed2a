"""Broadcasts alpha over the last axis, whatever axis says."""
# breaks: arguments
import numpy as np


def prelu(x, alpha, axis=-1):
    return np.where(x > 0, x, np.asarray(alpha) * x)
