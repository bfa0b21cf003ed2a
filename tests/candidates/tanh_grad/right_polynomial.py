"""A polynomial in y."""
import numpy as np

SLOPE = np.polynomial.Polynomial([1.0, 0.0, -1.0])


def tanh_grad(y):
    return SLOPE(np.asarray(y, dtype=float))
