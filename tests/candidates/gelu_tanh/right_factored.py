"""The cube factored as x * (1 + c x x), with a float made first."""
import numpy as np


def gelu_tanh(x, c=0.044715):
    x = x + 0.0
    return (x + x * np.tanh((2 / np.pi) ** 0.5 * x * (1 + c * x * x))) / 2
