"""Calls np.max with 0 as its second argument, which is the axis: reduces instead of comparing."""
# breaks: shape
import numpy as np


def relu(x):
    x = np.asarray(x)
    return np.max(x, 0)
