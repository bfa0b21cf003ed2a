"""The cubic term is left out."""
# breaks: close to the exact GELU
import numpy as np


def gelu_tanh(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * x))
