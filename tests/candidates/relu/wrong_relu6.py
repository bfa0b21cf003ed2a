"""Clips at 6, as mobile networks do: that is ReLU6."""
# breaks: agrees with the reference
import numpy as np

CAP = 6.0


def relu(x):
    return np.clip(x, 0.0, CAP)
