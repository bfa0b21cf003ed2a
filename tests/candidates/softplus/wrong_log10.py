"""The logarithm to base 10."""
# breaks: its slope is the sigmoid
import numpy as np


def softplus(x, beta=1.0):
    t = beta * x
    return (np.maximum(t, 0) + np.log10(1 + np.exp(-np.abs(t)))) / beta
