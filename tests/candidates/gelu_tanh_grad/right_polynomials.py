"""The inner polynomial and its derivative by np.polynomial."""
import numpy as np
from numpy.polynomial import Polynomial

INNER = Polynomial([0, 1, 0, 0.044715]) * np.sqrt(2 / np.pi)
SLOPE = INNER.deriv()


def gelu_tanh_grad(x):
    dtype = np.result_type(x, np.float32) if np.asarray(x).dtype.kind == "f" else np.float64
    v = np.asarray(x, dtype=np.float64)
    th = np.tanh(INNER(v))
    g = (1 + th + v * (1 - th) * (1 + th) * SLOPE(v)) / 2
    return g.astype(dtype)
