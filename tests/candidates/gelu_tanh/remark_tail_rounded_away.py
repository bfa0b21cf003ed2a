"""-inf is taken care of, but 1 + tanh is 0 from -7.2 on."""
# remarks: far tails
import numpy as np


def gelu_tanh(x):
    x = np.clip(np.asarray(x, dtype=float), -50, None)
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
