"""beta is a parameter that nothing reads."""
# breaks: beta sets the scale
import numpy as np


def softplus(x, beta=1.0):
    return np.logaddexp(0, x)
