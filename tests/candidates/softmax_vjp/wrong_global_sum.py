"""The mean under p runs over the whole batch."""
# breaks: agrees with the reference
import numpy as np


def softmax_vjp(p, g, axis=-1):
    p, g = np.asarray(p, float), np.asarray(g, float)
    return p * (g - np.sum(p * g))
