import numpy as np


def logsumexp(a, axis):
    biggest = a.max(axis=axis, keepdims=True)
    return np.log(np.exp(a - biggest).sum(axis=axis, keepdims=True)) + biggest


def log_softmax(z, axis=-1):
    z = np.asarray(z)
    z = z if z.dtype.kind == "f" else z.astype("float64")
    return z - logsumexp(z, axis)
