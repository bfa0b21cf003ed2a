"""Returns the share of dead units, not their number."""
# breaks: shape
import numpy as np


def count_dead_neurons(hidden):
    if len(hidden) == 0:
        raise ValueError("no samples")
    dead = np.all(hidden == 0, axis=tuple(range(hidden.ndim - 1)))
    return float(dead.mean())
