"""alpha multiplies exp(x) but not the 1 that is subtracted."""
# breaks: arguments
import numpy as np


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)) - 1)
