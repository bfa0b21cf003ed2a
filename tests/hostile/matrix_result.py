"""Returns a matrix."""

import numpy as np


def softmax(z, axis=-1):
    return np.matrix(np.atleast_2d(z))
