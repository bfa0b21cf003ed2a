"""Stops before the sum."""
# breaks: shape
import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    """dL/dalpha = upstream * min(x, 0)"""
    return upstream * np.where(x < 0, x, 0)
