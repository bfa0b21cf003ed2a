"""scale * alpha on both sides: alpha belongs to the left alone."""
# breaks: one slope for all positive inputs
import numpy as np


def selu_grad(x):
    scale, alpha = 1.0507009873554805, 1.6732632423543772
    return scale * alpha * np.exp(np.minimum(x, 0.0))
