"""Counts 0 to the right side: 1 at exactly 0."""
# remarks: the convention at 0
import numpy as np


def relu_grad(x):
    return (x >= 0).astype(float)
