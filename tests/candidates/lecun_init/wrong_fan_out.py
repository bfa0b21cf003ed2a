"""Uses fan_out, as for weights stored as (out, in)."""
# breaks: spread of a dense layer
import math


def lecun_init(shape, rng):
    fan = math.prod(shape[:-2]) * shape[-1]
    return rng.normal(scale=1 / math.sqrt(fan), size=shape)
