"""Returns an array larger than any frame."""

import numpy as np


def softmax(z, axis=-1):
    return np.zeros(1 << 24)
