"""The scale stands in both branches and multiplies the whole once more: it is squared."""
# breaks: one slope for all positive inputs
import numpy as np


def selu_grad(x):
    scale, alpha = 1.0507009873554805, 1.6732632423543772
    return scale * np.where(x > 0, scale, scale * alpha * np.exp(np.minimum(x, 0)))
