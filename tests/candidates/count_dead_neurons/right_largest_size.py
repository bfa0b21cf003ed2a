import numpy as np


def count_dead_neurons(activations):
    a = np.asarray(activations)
    if not len(a):
        raise ValueError("there must be at least one sample")
    largest = np.abs(a).reshape(-1, a.shape[-1]).max(axis=0)
    return np.sum(largest == 0)
