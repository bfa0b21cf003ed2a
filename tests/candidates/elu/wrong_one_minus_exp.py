"""The negative branch is alpha * (1 - exp(x)): the sign is turned."""
# breaks: agrees with the reference
import numpy as np


def elu(x, alpha=1.0):
    """Exponential linear unit."""
    negative = alpha * (1 - np.exp(np.minimum(x, 0)))
    return np.where(x > 0, x, negative)
