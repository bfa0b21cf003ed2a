"""alpha is a parameter that nothing reads."""
# breaks: arguments
import numpy as np


def elu(x, alpha=1.0):
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))
