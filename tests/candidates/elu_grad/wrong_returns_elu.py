"""Returns ELU itself."""
# breaks: agrees with the reference
import numpy as np


def elu_grad(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
