"""Gives the left slope the wrong sign."""
# breaks: agrees with the reference
import numpy as np


def leaky_relu_grad(x, alpha=0.01):
    left = (x < 0) * -alpha
    right = (x >= 0) * 1.0
    return left + right
