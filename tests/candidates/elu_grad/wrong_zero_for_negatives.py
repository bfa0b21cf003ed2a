"""The derivative of ReLU."""
# breaks: elu plus alpha
import numpy as np


def elu_grad(x, alpha=1.0):
    return (x > 0).astype(float)
