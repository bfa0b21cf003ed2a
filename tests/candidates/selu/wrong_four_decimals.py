"""The constants are rounded to four decimals."""
# breaks: agrees with the reference
import numpy as np

LAMBDA = 1.0507
ALPHA = 1.6733


def selu(x):
    return LAMBDA * np.where(x > 0, x, ALPHA * np.expm1(np.minimum(x, 0)))
