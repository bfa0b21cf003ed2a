"""Forward-mode differentiation with pairs (value, slope), entry by entry."""
import math

import numpy as np


def mul(a, b):
    return a[0] * b[0], a[0] * b[1] + a[1] * b[0]


def add(a, b):
    return a[0] + b[0], a[1] + b[1]


def tanh(a):
    t = math.tanh(a[0])
    return t, (1 - t * t) * a[1]


def slope(v):
    x = (float(v), 1.0)
    cube = mul(x, mul(x, x))
    inner = mul((math.sqrt(2 / math.pi), 0.0), add(x, mul((0.044715, 0.0), cube)))
    return mul(mul((0.5, 0.0), x), add((1.0, 0.0), tanh(inner)))[1]


def gelu_tanh_grad(x):
    return np.array([slope(v) for v in np.ravel(x)], dtype=float).reshape(np.shape(x))
