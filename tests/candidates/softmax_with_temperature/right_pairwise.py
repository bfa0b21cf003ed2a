import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    if T <= 0:
        raise ValueError("T must be positive")
    z = np.swapaxes(np.asarray(z, dtype=float), axis, -1)
    with np.errstate(over="ignore"):
        odds = np.exp((z[..., None, :] - z[..., :, None]) / T)
        p = 1 / odds.sum(axis=-1)
    return np.swapaxes(p, axis, -1)
