"""Writes the result into arrays of the parameters' own type, so that integers are cut off."""
# breaks: integer parameters
import numpy as np


def sgd_step(params, grads, lr):
    new = {}
    for name, value in params.items():
        new[name] = np.empty_like(value)
        new[name][...] = value - lr * grads[name]
    return new
