"""Takes the size of every entry, so that negative ones come out positive."""
# breaks: agrees with the reference
import numpy as np


def relu(x):
    return np.abs(x)
