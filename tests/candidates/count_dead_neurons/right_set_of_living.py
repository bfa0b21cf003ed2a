import numpy as np


def count_dead_neurons(hidden):
    if len(hidden) < 1:
        raise ValueError("empty")
    alive = set(np.nonzero(hidden)[-1].tolist())
    return hidden.shape[-1] - len(alive)
