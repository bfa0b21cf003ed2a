"""`where=` and `out=` of the ufunc fill in the negative entries only."""
import numpy as np


def elu(x, alpha=1.0):
    x = np.asarray(x)
    result = np.where(x > 0, x, 0.0)
    np.expm1(x, out=result, where=x <= 0)
    np.multiply(result, alpha, out=result, where=x <= 0)
    return result
