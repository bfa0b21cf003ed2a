"""exp(x) instead of exp(-x): falls where it should rise."""
# breaks: larger stays larger
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(np.clip(x, -700, 700)))
