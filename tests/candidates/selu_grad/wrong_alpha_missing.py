"""The scale stands on both sides, but alpha on neither."""
# breaks: agrees with the reference
import numpy as np


def selu_grad(x):
    scale = 1.0507009873554805
    return scale * np.where(x > 0, 1.0, np.exp(np.minimum(x, 0)))
