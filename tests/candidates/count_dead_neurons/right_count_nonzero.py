import numpy as np


class NoSamples(ValueError):
    pass


def count_dead_neurons(hidden):
    if hidden.shape[0] == 0:
        raise NoSamples("nothing was measured")
    axes = tuple(range(hidden.ndim - 1))
    fired = np.count_nonzero(hidden, axis=axes)
    return hidden.shape[-1] - np.count_nonzero(fired)
