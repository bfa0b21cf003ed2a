"""Uses the mean slope for every channel."""
# breaks: agrees with the reference
import numpy as np


def prelu(x, alpha, axis=-1):
    a = np.mean(alpha)
    return np.where(x > 0, x, a * x)
