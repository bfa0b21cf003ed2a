"""Two masks, one for each sign of the exponent."""
import numpy as np


def silu(x, beta=1.0):
    x = np.asarray(x)
    result = np.zeros(x.shape, dtype=x.dtype if x.dtype.kind == "f" else float)
    t = beta * x.astype(result.dtype)
    right = t >= 0
    result[right] = x[right] / (1 + np.exp(-t[right]))
    grown = np.exp(t[~right])
    result[~right] = x[~right] * grown / (1 + grown)
    return result
