"""Takes the size of the slopes, so that negative ones turn positive."""
# breaks: agrees with the reference
import numpy as np


def prelu(x, alpha, axis=-1):
    y = np.moveaxis(x, axis, -1)
    return np.moveaxis(np.where(y > 0, y, np.abs(alpha) * y), -1, axis)
