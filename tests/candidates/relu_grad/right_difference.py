"""Differences relu over a step within which it has no kink, except at 0."""
import numpy as np


def relu_grad(x):
    x = np.asarray(x, float)
    y = np.maximum(x, 0)
    # from 0 to x relu climbs by relu(x)
    run = np.where(x == 0, 1.0, x)
    return np.where(x == 0, 0.0, y / run)
