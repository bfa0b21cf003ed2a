import numpy as np


def xavier_init(shape, rng):
    field = np.prod(shape[:-2])
    both = field * shape[-2] + field * shape[-1]
    # two independent normals of variance 1 / both add up to one of 2 / both
    return (rng.standard_normal(shape) + rng.standard_normal(shape)) * np.sqrt(1 / both)
