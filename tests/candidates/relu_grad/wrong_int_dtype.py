"""Turns the mask into integers."""
# breaks: shape
import numpy as np


def relu_grad(x):
    return (x > 0).astype(int)
