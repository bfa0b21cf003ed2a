import copy

import numpy as np


def sgd_step(params, grads, lr):
    new = copy.deepcopy(params)
    for name in new:
        new[name] = new[name].astype(np.float64)
        new[name] -= lr * grads[name]
    return new
