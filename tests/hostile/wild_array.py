"""Returns an array over memory that is not its own."""

import numpy as np


def softmax(z, axis=-1):
    return np.lib.stride_tricks.as_strided(np.zeros(1), (1 << 20,), (1 << 20,))
