"""Maximum and sum are taken over the whole array, as if it were one sample."""
# breaks: agrees with the reference
import numpy as np


def softmax(z, axis=-1):
    """Numerically stable softmax."""
    z = np.asarray(z, dtype=float)
    shifted = z - np.max(z)
    exps = np.exp(shifted)
    return exps / np.sum(exps)
