"""The straight-line imitation."""
# breaks: agrees with the reference
import numpy as np


def tanh(x):
    return np.clip(x, -1.0, 1.0)
