"""One channel after the other."""
import numpy as np


def _leaky(part, slope):
    return np.where(part > 0, part, slope * part)


def prelu(x, alpha, axis=-1):
    channels = x.shape[axis]
    slopes = np.full(channels, alpha) if np.isscalar(alpha) else alpha
    parts = [_leaky(np.take(x, k, axis=axis), slopes[k]) for k in range(channels)]
    return np.stack(parts, axis=axis)
