"""erf by the formula 7.1.26 of Abramowitz and Stegun: seven digits, where nine are compared."""
# breaks: agrees with the reference
import numpy as np


def erf(z):
    t = 1 / (1 + 0.3275911 * np.abs(z))
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.sign(z) * (1 - poly * np.exp(-z * z))


def gelu(x):
    x = np.asarray(x, dtype=float)
    return x * (1 + erf(x / np.sqrt(2))) / 2
