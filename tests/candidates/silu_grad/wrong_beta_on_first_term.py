"""beta on both terms, though the chain rule brings it to the second one only."""
# breaks: arguments
import numpy as np

def silu_grad(x, beta=1.0):
    s = np.exp(-np.logaddexp(0, -beta * x))
    return beta * (s + x * s * (1 - s))
