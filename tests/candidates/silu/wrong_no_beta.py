"""Has no parameter beta at all."""
# breaks: arguments
import numpy as np

def silu(x):
    return x * np.exp(-np.logaddexp(0, -x))
