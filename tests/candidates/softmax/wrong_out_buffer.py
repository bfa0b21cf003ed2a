"""exp writes its result into the argument."""
# breaks: leaves its arguments alone
import numpy as np


def softmax(z, axis=-1):
    z = np.asarray(z, dtype=np.float64)
    shifted = np.subtract(z, np.amax(z, axis=axis, keepdims=True), out=z)
    np.exp(shifted, out=shifted)
    shifted /= shifted.sum(axis=axis, keepdims=True)
    return shifted
