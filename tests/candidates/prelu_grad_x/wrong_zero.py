"""Says 0 on the negative side, which is relu's derivative."""
# breaks: agrees with the reference
import numpy as np


def prelu_grad_x(x, alpha, axis=-1):
    return (x > 0).astype(float)
