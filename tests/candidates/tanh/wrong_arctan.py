"""The arctangent, scaled to the same range."""
# breaks: agrees with the reference
import numpy as np


def tanh(x):
    return 2 / np.pi * np.arctan(x)
