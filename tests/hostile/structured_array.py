"""Returns an array of records."""

import numpy as np


def softmax(z, axis=-1):
    return np.zeros(3, dtype=[("a", float), ("b", object)])
