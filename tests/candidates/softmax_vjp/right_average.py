"""np.average with weights is the mean of g under p."""
import numpy as np


def softmax_vjp(p, g, axis=-1):
    mean = np.average(g, axis=axis, weights=p)
    return p * (g - np.expand_dims(mean, axis))
