"""The straight-line imitation."""
# breaks: agrees with the reference
import numpy as np


def sigmoid(x):
    return np.clip(x / 6 + 0.5, 0, 1)
