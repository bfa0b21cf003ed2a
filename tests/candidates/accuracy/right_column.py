import numpy as np


def accuracy(a2, y):
    y = np.asarray(y).reshape(a2.shape)
    return np.mean((a2 > 0.5) == y)
