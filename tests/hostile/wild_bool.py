"""Returns truth values that are neither true nor false."""

import numpy as np


def softmax(z, axis=-1):
    return np.full(3, 2, np.uint8).view(bool)
