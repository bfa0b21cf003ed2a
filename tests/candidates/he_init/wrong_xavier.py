"""Averages fan_in and fan_out, which is Xavier's rule."""
# breaks: spread of a dense layer
import numpy as np

def he_init(shape, rng, a=0.0):
    k = np.prod(shape[:-2])
    n_in, n_out = k * shape[-2], k * shape[-1]
    sigma = np.sqrt(2 / ((1 + a**2) * (n_in + n_out)))
    return rng.normal(scale=sigma, size=shape)
