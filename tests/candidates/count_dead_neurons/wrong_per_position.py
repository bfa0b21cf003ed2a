"""Reduces over samples only: in a convolution every position of a channel is counted."""
# breaks: every position counts
import numpy as np


def count_dead_neurons(hidden):
    hidden = np.asarray(hidden)
    if hidden.shape[0] == 0:
        raise ValueError("cannot tell without samples")
    dead = (hidden == 0).all(axis=0)
    return int(dead.sum())
