"""The textbook form: right to sixteen places after the point, but the left tail is rounded to 0 and -inf gives NaN."""
# remarks: far tails
import math

import numpy as np


def gelu(x):
    return 0.5 * x * (1 + np.vectorize(math.erf, otypes=[float])(x / math.sqrt(2)))
