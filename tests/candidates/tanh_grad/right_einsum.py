"""One minus the product of y with itself, by einsum."""
import numpy as np


def tanh_grad(y):
    y = np.asarray(y, float)
    return np.ones_like(y) - np.einsum("...,...->...", y, y)
