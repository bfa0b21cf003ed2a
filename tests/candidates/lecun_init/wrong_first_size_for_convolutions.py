"""Takes shape[0] for fan_in, which is the kernel's height in a convolution."""
# breaks: spread of a convolution
import numpy as np


def lecun_init(shape, rng):
    std = np.sqrt(1.0 / shape[0])
    return std * rng.standard_normal(shape)
