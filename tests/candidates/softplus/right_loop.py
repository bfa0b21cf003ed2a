"""One number at a time, by its sign."""
from math import exp, log1p

import numpy as np


def softplus(x, beta=1.0):
    def one(t):
        if t > 0:
            return t + log1p(exp(-t))
        return log1p(exp(t))

    values = [one(beta * float(v)) / beta for v in np.asarray(x).flat]
    return np.array(values).reshape(np.shape(x))
