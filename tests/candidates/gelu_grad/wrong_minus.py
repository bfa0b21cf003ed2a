"""Minus between the two terms."""
# breaks: the slope of gelu
from statistics import NormalDist

import numpy as np

normal = NormalDist()
cdf = np.vectorize(normal.cdf, otypes=[float])
pdf = np.vectorize(normal.pdf, otypes=[float])


def gelu_grad(x):
    return cdf(x) - x * pdf(x)
