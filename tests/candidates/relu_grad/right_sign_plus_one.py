"""Half of 1 + sign(x): one half at 0, which is between the slopes."""
import numpy as np


def relu_grad(x):
    return 0.5 * (1.0 + np.sign(x))
