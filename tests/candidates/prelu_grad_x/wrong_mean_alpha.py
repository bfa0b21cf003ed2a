"""Uses the mean slope for every channel."""
# breaks: agrees with the reference
import numpy as np


def prelu_grad_x(x, alpha, axis=-1):
    a = float(np.mean(alpha))
    g = np.ones(x.shape)
    g[x <= 0] = a
    return g
