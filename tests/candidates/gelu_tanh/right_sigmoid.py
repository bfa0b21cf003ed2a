"""(1 + tanh u) / 2 is sigmoid(2u)."""
import numpy as np


def gelu_tanh(x):
    x = np.asarray(x)
    if x.dtype.kind in "biu":
        x = x.astype(np.float64)
    two_u = 2 * np.sqrt(2 / np.pi).astype(x.dtype) * (x + x.dtype.type(0.044715) * x * x * x)
    return x * np.exp(-np.logaddexp(0, -two_u)).astype(x.dtype)
