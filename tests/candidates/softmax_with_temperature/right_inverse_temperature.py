import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    if T <= 0:
        raise ValueError("T must be positive")
    beta = 1.0 / T
    z = np.asarray(z)
    gap = np.subtract(z, np.max(z, axis=axis, keepdims=True), dtype=z.dtype if z.dtype.kind == "f" else float)
    boltzmann = np.exp(beta * gap)
    partition = np.add.reduce(boltzmann, axis=axis, keepdims=True)
    return np.divide(boltzmann, partition)
