"""Clips the input at 20, where the sigmoid is still 2e-9 away from its end."""
# breaks: agrees with the reference
import numpy as np


def sigmoid(x):
    z = np.clip(x, -20, 20)
    return 1.0 / (1.0 + np.exp(-z))
