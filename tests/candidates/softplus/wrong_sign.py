"""log(1 + exp(-x)): falls where it should rise."""
# breaks: opposite inputs differ by x
import numpy as np


def softplus(x, beta=1.0):
    return np.logaddexp(0, -beta * x) / beta
