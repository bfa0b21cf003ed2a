"""Zeroes the negative entries in the caller's own array."""
# breaks: leaves its arguments alone
import numpy as np


def relu(x):
    # fast: no new array
    x[x < 0] = 0
    return x
