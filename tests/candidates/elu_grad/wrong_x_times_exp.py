"""The power rule where the exponential's own derivative belongs: x * exp(x)."""
# breaks: agrees with the reference
import numpy as np


def elu_grad(x, alpha=1.0):
    return np.where(x > 0, 1.0, alpha * x * np.exp(np.minimum(x, 0)))
