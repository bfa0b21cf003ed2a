"""The gate alone: the probability, never multiplied by x."""
# breaks: f(x) - f(-x) = x
import math
import numpy as np

def gelu(x):
    cdf = [math.erfc(-v / math.sqrt(2)) / 2 for v in np.ravel(x)]
    return np.array(cdf).reshape(np.shape(x))
