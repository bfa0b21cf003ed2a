"""Uses fan_in alone: He's uniform limit."""
# breaks: spread of a dense layer
import math


def xavier_uniform(shape, rng):
    limit = math.sqrt(6 / math.prod(shape[:-1]))
    return rng.uniform(-limit, limit, shape)
