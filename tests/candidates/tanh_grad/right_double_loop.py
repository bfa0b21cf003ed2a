"""A loop over the flat view of the result."""
import numpy as np


def tanh_grad(output):
    result = np.empty(output.shape)
    for i, t in enumerate(output.flat):
        result.flat[i] = 1.0 - float(t) ** 2
    return result
