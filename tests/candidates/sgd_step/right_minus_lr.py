import numpy as np


def sgd_step(params, grads, lr):
    return {name: np.add(np.multiply(grads[name], -lr), params[name]) for name in ("b2", "W2", "b1", "W1")}
