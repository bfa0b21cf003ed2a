"""The factor 0.5 is missing."""
# breaks: f(x) - f(-x) = x
import numpy as np
from math import pi, sqrt

def gelu_tanh(x):
    x = np.asarray(x, float)
    return x * (1 + np.tanh(sqrt(2/pi) * (x + 0.044715*x**3)))
