"""The usual line."""
import numpy as np


def relu_grad(x):
    return (x > 0).astype(float)
