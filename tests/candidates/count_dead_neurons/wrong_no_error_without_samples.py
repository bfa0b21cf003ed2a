"""Reports all units dead when there are no samples."""
# breaks: errors
import numpy as np


def count_dead_neurons(hidden):
    return int(np.all(hidden == 0, axis=tuple(range(hidden.ndim - 1))).sum())
