"""Returns an array in which everything is masked."""

import numpy as np


def softmax(z, axis=-1):
    return np.ma.masked_all(np.shape(z))
