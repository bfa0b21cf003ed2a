"""tanh(x) = -i tan(ix), kept to where cosh is finite."""
import numpy as np


def tanh(x):
    z = 1j * np.clip(np.asarray(x, dtype=float), -40.0, 40.0)
    return np.ascontiguousarray((-1j * np.tan(z)).real)
