"""np.indices says for each entry which channel it is in."""
import numpy as np


def prelu_grad_x(x, alpha, axis=-1):
    channel = np.indices(x.shape)[axis]
    slopes = np.resize(np.asarray(alpha, float), x.shape[axis])[channel]
    slopes[x > 0] = 1.0
    return slopes
