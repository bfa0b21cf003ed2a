"""Linear where the difference is below rounding, as frameworks do it."""
import numpy as np

THRESHOLD = 30.0


def softplus(x, beta=1.0):
    scaled = np.asarray(x, dtype=float) * beta
    small = np.where(scaled > THRESHOLD, 0.0, scaled)
    return np.where(scaled > THRESHOLD, x, np.log1p(np.exp(small)) / beta)
