"""1 for positive inputs: the scale is forgotten there."""
# breaks: one slope for all positive inputs
import numpy as np

SCALE, ALPHA = 1.0507009873554805, 1.6732632423543772


def selu_grad(x):
    return np.where(x > 0, 1.0, SCALE * ALPHA * np.exp(np.minimum(x, 0)))
