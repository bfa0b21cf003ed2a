"""Positive part plus alpha times negative part."""
import numpy as np


def leaky_relu(x, alpha=0.01):
    positive, negative = np.maximum(x, 0), np.minimum(x, 0)
    return positive + alpha * negative
