"""Looks along the units and counts silent samples."""
# breaks: agrees with the reference
import numpy as np


def count_dead_neurons(hidden):
    if len(hidden) == 0:
        raise ValueError("need at least one sample")
    flat = hidden.reshape(-1, hidden.shape[-1])
    return int((flat == 0).all(axis=1).sum())
