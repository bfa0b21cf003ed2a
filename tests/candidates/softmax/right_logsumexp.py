"""exp(z - logsumexp(z)), with the log-sum-exp written out."""
import numpy as np


def logsumexp(z, axis):
    m = np.amax(z, axis=axis, keepdims=True)
    return m + np.log(np.sum(np.exp(z - m), axis=axis, keepdims=True))


def softmax(z, axis=-1):
    z = np.asarray(z) * 1.0
    return np.exp(z - logsumexp(z, axis))
