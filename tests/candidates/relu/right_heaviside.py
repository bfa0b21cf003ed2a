"""The gate times the input."""
import numpy as np


def relu(x):
    x = np.asarray(x, dtype=float)
    gate = np.heaviside(x, 0.0)
    return gate * x
