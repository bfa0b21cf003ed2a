"""Multiplies with the mask: 0 times -inf is NaN."""
# remarks: infinities and NaN
import numpy as np


def relu(x):
    return x * (x > 0)
