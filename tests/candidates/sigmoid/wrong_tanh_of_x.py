"""Half of 1 + tanh(x): the x / 2 is forgotten."""
# breaks: undone by the logit
import numpy as np


def sigmoid(x):
    return 0.5 * (1 + np.tanh(x))
