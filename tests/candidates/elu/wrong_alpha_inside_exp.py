"""alpha stands inside the exponential: exp(alpha * x) - 1."""
# breaks: arguments
import numpy as np


def elu(x, alpha=1.0):
    x = np.asarray(x)
    return np.where(x > 0, x, np.expm1(alpha * np.minimum(x, 0)))
