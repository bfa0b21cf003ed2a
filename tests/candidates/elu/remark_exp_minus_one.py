"""exp(x) - 1: loses the digits next to 0."""
# remarks: far tails
import numpy as np


def elu(x, alpha=1.0):
    """ELU activation: x if x > 0 else alpha * (e^x - 1)."""
    return np.where(x > 0, x, alpha * (np.exp(x) - 1))
