"""1 / sum(exp(z_j - z_i)) is right to the last digit, but overflows to inf on the way."""
# remarks: no warnings
import numpy as np


def softmax(z, axis=-1):
    z = np.moveaxis(np.asarray(z, dtype=float), axis, -1)
    ratios = np.exp(z[..., None, :] - z[..., :, None])
    return np.moveaxis(1.0 / ratios.sum(axis=-1), -1, axis)
