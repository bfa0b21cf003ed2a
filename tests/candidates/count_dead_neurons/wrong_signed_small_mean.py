"""Takes the mean with its sign: negative units look dead."""
# breaks: agrees with the reference
import numpy as np


def count_dead_neurons(hidden):
    if len(hidden) == 0:
        raise ValueError("no samples")
    axes = tuple(range(np.ndim(hidden) - 1))
    return int(np.sum(np.mean(hidden, axis=axes) < 1e-6))
