"""Takes the minimum where the maximum was meant: keeps the negative side."""
# breaks: agrees with the reference
import numpy as np


def relu(x: np.ndarray) -> np.ndarray:
    """ReLU activation."""
    return np.minimum(0, x)
