"""Takes the sign, which is -1 on the negative side."""
# breaks: agrees with the reference
import numpy as np


def relu_grad(x):
    return np.sign(x).astype(float)
