"""Returns True and False, with which 1 - g and g *= 0.5 fail."""
# breaks: shape
import numpy as np


def relu_grad(x):
    return x > 0
