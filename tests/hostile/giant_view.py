"""Returns an array of a billion elements that takes eight bytes."""

import numpy as np


def softmax(z, axis=-1):
    return np.broadcast_to(np.float64(1), (1000, 1000, 1000))
