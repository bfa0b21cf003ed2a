"""beta stands inside the sigmoid and outside, too."""
# breaks: arguments
import numpy as np


def silu(x, beta=1.0):
    t = beta * np.asarray(x, dtype=float)
    return t * np.exp(-np.logaddexp(0.0, -t))
