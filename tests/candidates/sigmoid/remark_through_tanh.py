"""(1 + tanh(x / 2)) / 2: the left tail is rounded to 0."""
# remarks: far tails
import numpy as np


def sigmoid(x):
    return (1 + np.tanh(x / 2)) / 2
