"""Writes the batch as a trace of a matrix product."""

import numpy as np


def cross_entropy_probs(p, y, eps=1e-12):
    logs = np.log(np.where(p < eps, eps, p))
    return -np.trace(y @ logs.T) / p.shape[0]
