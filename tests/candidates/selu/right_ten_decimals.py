"""Ten decimals of the constants are more than the nine digits asked for."""
import numpy as np


def selu(x):
    scale, alpha = 1.0507009874, 1.6732632424
    return scale * (np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0)))
