"""Returns an array of objects."""

import numpy as np


def softmax(z, axis=-1):
    return np.array([object(), None], dtype=object)
