"""expm1(-2|x|), with the sign of x."""
import numpy as np


def tanh(x):
    e = np.expm1(-2.0 * np.abs(x))
    return np.copysign(e / (2.0 + e), x)
