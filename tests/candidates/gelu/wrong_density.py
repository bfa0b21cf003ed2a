"""The density of the normal distribution in place of its distribution function."""
# breaks: f(x) - f(-x) = x
import numpy as np


def gelu(x):
    pdf = np.exp(-0.5 * np.square(x, dtype=float)) / np.sqrt(2 * np.pi)
    return x * pdf
