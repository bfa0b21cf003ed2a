"""Lays all parameters in one vector, takes the step there, and cuts it up again."""
import numpy as np


def flatten(tree, names):
    return np.concatenate([np.ravel(tree[name]) for name in names])


def sgd_step(params, grads, lr):
    names = sorted(params)
    theta = flatten(params, names) - lr * flatten(grads, names)
    result, start = {}, 0
    for name in names:
        size = params[name].size
        result[name] = theta[start : start + size].reshape(params[name].shape).copy()
        start += size
    return result
