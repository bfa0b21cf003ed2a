"""With the normal distribution of the standard library."""
from statistics import NormalDist

import numpy as np


def gelu_grad(x):
    n = NormalDist()
    slopes = [n.cdf(v) + v * n.pdf(v) for v in map(float, np.ravel(x))]
    return np.array(slopes).reshape(np.shape(x))
