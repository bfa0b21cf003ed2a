"""exp(-log(1 + exp(-x)))."""
import numpy as np


def sigmoid(x):
    return np.exp(-np.logaddexp(0, -np.asarray(x)))
