"""Counts units that are never positive, and so calls negative leaky units dead."""
# breaks: agrees with the reference
import numpy as np


def count_dead_neurons(hidden):
    if len(hidden) == 0:
        raise ValueError("no samples")
    flat = hidden.reshape(-1, hidden.shape[-1])
    return int((flat <= 0).all(axis=0).sum())
