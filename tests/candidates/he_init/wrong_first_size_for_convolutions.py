"""Takes shape[0] for fan_in, which is the kernel's height in a convolution."""
# breaks: spread of a convolution
import numpy as np


def he_init(shape, rng, a=0.0):
    """He et al. 2015."""
    fan_in = shape[0]
    gain = np.sqrt(2.0 / (1.0 + a**2))
    return gain / np.sqrt(fan_in) * rng.standard_normal(shape)
