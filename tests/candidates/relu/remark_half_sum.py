"""Takes half of x + |x|, which overflows near 1e308 and is NaN at -inf."""
# remarks: infinities and NaN
import numpy as np


def relu(x):
    """relu(x) = (x + |x|) / 2"""
    return (x + np.abs(x)) / 2
