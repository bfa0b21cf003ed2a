"""Scales the negative entries of the caller's own array."""
# breaks: leaves its arguments alone
import numpy as np


def leaky_relu(x, alpha=0.01):
    x[x < 0] *= alpha
    return x
