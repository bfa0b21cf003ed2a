"""exp(-x) grows to the left instead of decaying."""
# breaks: a slope within bounds
import numpy as np


def elu_grad(x, alpha=1.0):
    x = np.asarray(x, dtype=float)
    return np.where(x > 0, 1.0, alpha * np.exp(-np.minimum(x, 0)))
