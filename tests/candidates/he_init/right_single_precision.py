"""Draws in float32, as a training run would."""
import numpy as np


def _fan_in(shape):
    if len(shape) == 4:
        kh, kw, channels, _ = shape
        return kh * kw * channels
    return shape[0]


def he_init(shape, rng, a=0.0):
    std = np.float32(np.sqrt(2.0 / ((1.0 + a**2) * _fan_in(shape))))
    return rng.standard_normal(shape, dtype=np.float32) * std
