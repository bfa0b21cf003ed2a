"""Picks a slope for every entry and multiplies."""
import numpy as np


def leaky_relu(x, alpha=0.01):
    slope = np.ones(np.shape(x))
    slope[x < 0] = alpha
    return slope * x
