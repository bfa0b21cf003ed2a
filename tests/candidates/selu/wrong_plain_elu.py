"""ELU with alpha = 1."""
# breaks: agrees with the reference
import numpy as np


def selu(x):
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))
