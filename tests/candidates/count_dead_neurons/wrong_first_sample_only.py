"""Looks at the first sample only."""
# breaks: samples in another order
import numpy as np


def count_dead_neurons(hidden):
    if len(hidden) == 0:
        raise ValueError("no samples")
    first = hidden[0].reshape(-1, hidden.shape[-1])
    return int((first == 0).all(axis=0).sum())
