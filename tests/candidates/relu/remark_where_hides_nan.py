"""Chooses 0 whenever x > 0 is false, which it is for NaN."""
# remarks: infinities and NaN
import numpy as np


def relu(x):
    return np.where(x > 0, x, 0)
