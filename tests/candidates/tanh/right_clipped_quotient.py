"""The definition on clipped input: beyond 20 the quotient is 1 anyway."""
import numpy as np


def tanh(x):
    x = np.clip(x, -20, 20)
    up, down = np.exp(x), np.exp(-x)
    return (up - down) / (up + down)
