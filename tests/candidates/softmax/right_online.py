"""One pass with a running maximum and a running sum, as in online softmax."""
import numpy as np


def softmax(z, axis=-1):
    z = np.moveaxis(np.array(z, dtype=float), axis, 0)
    top = z[0]
    total = np.ones_like(top)
    for row in z[1:]:
        new_top = np.maximum(top, row)
        total = total * np.exp(top - new_top) + np.exp(row - new_top)
        top = new_top
    return np.moveaxis(np.exp(z - top) / total, 0, axis)
