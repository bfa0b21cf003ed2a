import numpy as np


def lecun_init(shape, rng):
    w = np.empty(shape, dtype=np.float64)
    rng.standard_normal(out=w)
    w *= (shape[-1] / w.size) ** 0.5
    return w
