"""sqrt(2 / pi) multiplies x alone: the cubic term stands outside of the bracket."""
# breaks: close to the exact GELU
import numpy as np


def gelu_tanh(x):
    """GELU with tanh."""
    x = np.asarray(x, dtype=np.float64)
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * x + 0.044715 * x**3))
