"""exp(-x) / (1 + exp(-x))^2 is inf / inf for large negative x."""
# breaks: stable for large input
import numpy as np


def silu_grad(x, beta=1.0):
    e = np.exp(-beta * x)
    return 1 / (1 + e) + beta * x * e / (1 + e) ** 2
