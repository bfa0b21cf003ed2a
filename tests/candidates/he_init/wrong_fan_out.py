"""Uses fan_out, as if the layer were stored as (out, in)."""
# breaks: spread of a dense layer
import math


def he_init(shape, rng, a=0.0):
    receptive_field = math.prod(shape[:-2])
    fan = receptive_field * shape[-1]
    std = math.sqrt(2 / ((1 + a * a) * fan))
    return std * rng.standard_normal(size=shape)
