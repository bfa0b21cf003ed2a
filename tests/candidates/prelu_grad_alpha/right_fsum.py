"""Adds up exactly, entry by entry; the shared gradient is a Python float."""
import math

import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    terms = [[] for _ in range(x.shape[axis])]
    for index, value in np.ndenumerate(x):
        if value < 0:
            terms[index[axis]].append(float(value) * float(upstream[index]))
    if shared:
        return math.fsum(t for channel in terms for t in channel)
    return np.array([math.fsum(channel) for channel in terms])
