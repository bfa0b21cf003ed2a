"""Makes normal numbers from uniform ones by Box and Muller."""
import numpy as np


def he_init(dimensions, rng, a=0.0):
    count = int(np.prod(dimensions))
    radius = np.sqrt(-2.0 * np.log1p(-rng.random(count)))
    angle = 2.0 * np.pi * rng.random(count)
    fan_in = count // dimensions[-1]
    return (radius * np.cos(angle)).reshape(dimensions) * np.sqrt(2.0 / ((1.0 + a**2) * fan_in))
