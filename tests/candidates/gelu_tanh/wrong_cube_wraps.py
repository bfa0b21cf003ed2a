"""The textbook line on the array as it comes: the cube of an int32 wraps around from 1291 on."""
# breaks: integers
import numpy as np


def gelu_tanh(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
