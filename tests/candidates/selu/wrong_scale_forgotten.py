"""ELU with SELU's alpha, but nothing is scaled."""
# breaks: two slopes at 0
import numpy as np


def selu(x):
    alpha = 1.6732632423543772
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
