"""Returns the mask of active units, which is the derivative."""
# breaks: agrees with the reference
import numpy as np


def relu(z):
    active = z > 0
    return active.astype(float)
