"""Computes with |x| and forgets to give the sign back."""
# breaks: opposite input, opposite output
import numpy as np


def tanh(x):
    e = np.expm1(-2 * np.abs(x))
    return -e / (2 + e)
