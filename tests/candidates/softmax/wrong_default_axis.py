"""Right for every axis that is given, but the default is the first one."""
# breaks: agrees with the reference
import numpy as np


def softmax(z, axis=0):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
