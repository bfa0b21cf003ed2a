"""Asks whether the last unit, taken for the network's output, is silent."""
# breaks: agrees with the reference
import numpy as np


def count_dead_neurons(hidden):
    if len(hidden) == 0:
        raise ValueError("no samples")
    output = hidden[..., -1]
    return int(np.all(output == 0))
